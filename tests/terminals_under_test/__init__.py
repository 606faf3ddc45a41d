"""Real terminals that run the program, are sent keys, and tell the cells of their own grid."""
