"""The class of every code point: its width, and how it joins others. See `dossier.text.clusters`.

Made by tests/width_table.py; not to be changed by hand.
"""

from typing import Final

UNICODE: Final = "17.0.0"
"""The version of Unicode whose data this is."""

CLASSES: Final = {
    "a": "0e",
    "b": "0ek",
    "c": "0ekm",
    "d": "0em",
    "e": "0x",
    "f": "0z",
    "g": "1V",
    "h": "1e",
    "i": "1ek",
    "j": "1o",
    "k": "1oa",
    "l": "1oal",
    "m": "1oc",
    "n": "1ocl",
    "o": "1oi",
    "p": "1oia",
    "q": "1oial",
    "r": "1oil",
    "s": "1ol",
    "t": "1p",
    "u": "1s",
    "v": "2Hl",
    "w": "2L",
    "x": "2T",
    "y": "2V",
    "z": "2e",
    "A": "2o",
    "B": "2oa",
    "C": "2oi",
    "D": "2oia",
    "E": "2oil",
    "F": "2ol",
    "G": "2r",
}
"""The properties of each class."""

STARTS: Final = (
    "\x00\x20\x7f\xa0\xa1\xa2\xa4\xa5\xa7\xa9\xaa\xab\xad\xae\xaf\xb0\xb5\xb6\xbb\xbc\xc0\xc6\xc7\xd0\xd1\xd7\xd9\xde"
    "\xe2\xe6\xe7\xe8\xeb\xec\xee\xf0\xf1\xf2\xf4\xf7\xfb\xfc\xfd\xfe\xff\u0101\u0102\u0111\u0112\u0113\u0114\u011b"
    "\u011c\u0126\u0128\u012b\u012c\u0131\u0134\u0138\u0139\u013f\u0143\u0144\u0145\u0148\u014c\u014d\u014e\u0152"
    "\u0154\u0166\u0168\u016b\u016c\u01ce\u01cf\u01d0\u01d1\u01d2\u01d3\u01d4\u01d5\u01d6\u01d7\u01d8\u01d9\u01da"
    "\u01db\u01dc\u01dd\u0221\u0222\u0234\u0250\u0251\u0252\u0261\u0262\u02ae\u02b0\u02c4\u02c5\u02c7\u02c8\u02c9"
    "\u02cc\u02cd\u02ce\u02d0\u02d1\u02d8\u02dc\u02dd\u02de\u02df\u02e0\u02ef\u0300\u0350\u0360\u0370\u0374\u0376"
    "\u037a\u037b\u037e\u037f\u0384\u0387\u0388\u038b\u038c\u038d\u038e\u0391\u03a2\u03a3\u03aa\u03b1\u03c2\u03c3"
    "\u03ca\u03cf\u03d0\u03f7\u0400\u0401\u0402\u0410\u0450\u0451\u0452\u0483\u0487\u0488\u048a\u04cf\u04d0\u04f6"
    "\u04f8\u04fa\u0500\u0510\u0531\u0557\u0559\u0560\u0561\u0588\u0589\u058b\u0591\u05a2\u05a3\u05ba\u05bb\u05be"
    "\u05bf\u05c0\u05c1\u05c3\u05c4\u05c5\u05c6\u05c7\u05c8\u05d0\u05eb\u05f0\u05f5\u0600\u0606\u060c\u060d\u0610"
    "\u0616\u061b\u061c\u061d\u061f\u0620\u0621\u063b\u0640\u064b\u0656\u065f\u0660\u0670\u0671\u06d6\u06dd\u06de"
    "\u06df\u06e5\u06e7\u06e9\u06ea\u06ee\u06f0\u06ff\u0700\u070e\u070f\u0710\u0711\u0712\u072d\u0730\u074b\u0780"
    "\u07a6\u07b1\u07b2\u07eb\u07f4\u07fd\u07fe\u0816\u081a\u081b\u0824\u0825\u0828\u0829\u082e\u0859\u085c\u0890"
    "\u0892\u0897\u08a0\u08ca\u08e2\u08e3\u0901\u0903\u0904\u0905\u0915\u093a\u093b\u093c\u093d\u093e\u0941\u0949"
    "\u094d\u094e\u0950\u0951\u0955\u0958\u0960\u0962\u0964\u0971\u0978\u0980\u0981\u0982\u0984\u0985\u098d\u098f"
    "\u0991\u0993\u0995\u09a9\u09aa\u09b1\u09b2\u09b3\u09b6\u09ba\u09bc\u09bd\u09be\u09bf\u09c1\u09c5\u09c7\u09c9"
    "\u09cb\u09cd\u09ce\u09d7\u09d8\u09dc\u09de\u09df\u09e0\u09e2\u09e4\u09e6\u09f0\u09f2\u09fb\u09fe\u09ff\u0a01"
    "\u0a02\u0a03\u0a04\u0a05\u0a0b\u0a0f\u0a11\u0a13\u0a29\u0a2a\u0a31\u0a32\u0a34\u0a35\u0a37\u0a38\u0a3a\u0a3c"
    "\u0a3d\u0a3e\u0a41\u0a43\u0a47\u0a49\u0a4b\u0a4e\u0a51\u0a52\u0a59\u0a5d\u0a5e\u0a5f\u0a66\u0a70\u0a72\u0a75"
    "\u0a76\u0a81\u0a83\u0a84\u0a85\u0a8c\u0a8d\u0a8e\u0a8f\u0a92\u0a93\u0a95\u0aa9\u0aaa\u0ab1\u0ab2\u0ab4\u0ab5"
    "\u0aba\u0abc\u0abd\u0abe\u0ac1\u0ac6\u0ac7\u0ac9\u0aca\u0acb\u0acd\u0ace\u0ad0\u0ad1\u0ae0\u0ae1\u0ae2\u0ae4"
    "\u0ae6\u0af0\u0af9\u0afa\u0b00\u0b01\u0b02\u0b04\u0b05\u0b0d\u0b0f\u0b11\u0b13\u0b15\u0b29\u0b2a\u0b31\u0b32"
    "\u0b34\u0b35\u0b36\u0b3a\u0b3c\u0b3d\u0b3e\u0b3f\u0b40\u0b41\u0b44\u0b45\u0b47\u0b49\u0b4b\u0b4d\u0b4e\u0b55"
    "\u0b56\u0b57\u0b58\u0b5c\u0b5e\u0b5f\u0b60\u0b62\u0b64\u0b66\u0b71\u0b72\u0b82\u0b83\u0b84\u0b85\u0b8b\u0b8e"
    "\u0b91\u0b92\u0b96\u0b99\u0b9b\u0b9c\u0b9d\u0b9e\u0ba0\u0ba3\u0ba5\u0ba8\u0bab\u0bae\u0bb6\u0bb7\u0bba\u0bbe"
    "\u0bbf\u0bc0\u0bc1\u0bc3\u0bc6\u0bc9\u0bca\u0bcd\u0bce\u0bd7\u0bd8\u0be7\u0bf3\u0c00\u0c01\u0c04\u0c05\u0c0d"
    "\u0c0e\u0c11\u0c12\u0c15\u0c29\u0c2a\u0c34\u0c35\u0c3a\u0c3c\u0c3d\u0c3e\u0c41\u0c45\u0c46\u0c49\u0c4a\u0c4d"
    "\u0c4e\u0c55\u0c57\u0c58\u0c5b\u0c60\u0c62\u0c64\u0c66\u0c70\u0c81\u0c82\u0c84\u0c85\u0c8d\u0c8e\u0c91\u0c92"
    "\u0ca9\u0caa\u0cb4\u0cb5\u0cba\u0cbc\u0cbd\u0cbe\u0cbf\u0cc0\u0cc1\u0cc2\u0cc3\u0cc5\u0cc6\u0cc7\u0cc9\u0cca"
    "\u0ccc\u0cce\u0cd5\u0cd7\u0cde\u0cdf\u0ce0\u0ce2\u0ce4\u0ce6\u0cf0\u0cf3\u0cf4\u0d00\u0d02\u0d04\u0d05\u0d0d"
    "\u0d0e\u0d11\u0d12\u0d15\u0d29\u0d2a\u0d3a\u0d3b\u0d3d\u0d3e\u0d3f\u0d41\u0d44\u0d45\u0d46\u0d49\u0d4a\u0d4d"
    "\u0d4e\u0d4f\u0d57\u0d58\u0d60\u0d62\u0d64\u0d66\u0d70\u0d81\u0d82\u0d84\u0d85\u0d97\u0d9a\u0db2\u0db3\u0dbc"
    "\u0dbd\u0dbe\u0dc0\u0dc7\u0dca\u0dcb\u0dcf\u0dd0\u0dd2\u0dd5\u0dd6\u0dd7\u0dd8\u0ddf\u0de0\u0df2\u0df4\u0df5"
    "\u0e01\u0e31\u0e32\u0e33\u0e34\u0e3b\u0e3f\u0e47\u0e4f\u0e5c\u0e81\u0e83\u0e84\u0e85\u0e87\u0e89\u0e8a\u0e8b"
    "\u0e8d\u0e8e\u0e94\u0e98\u0e99\u0ea0\u0ea1\u0ea4\u0ea5\u0ea6\u0ea7\u0ea8\u0eaa\u0eac\u0ead\u0eb1\u0eb2\u0eb3"
    "\u0eb4\u0eba\u0ebb\u0ebd\u0ebe\u0ec0\u0ec5\u0ec6\u0ec7\u0ec8\u0ece\u0ecf\u0ed0\u0eda\u0edc\u0ede\u0f00\u0f18"
    "\u0f1a\u0f35\u0f36\u0f37\u0f38\u0f39\u0f3a\u0f3e\u0f40\u0f48\u0f49\u0f6b\u0f71\u0f7f\u0f80\u0f85\u0f86\u0f88"
    "\u0f8c\u0f8d\u0f90\u0f98\u0f99\u0fbd\u0fbe\u0fc6\u0fc7\u0fcd\u0fcf\u0fd0\u1000\u1022\u1023\u1028\u1029\u102b"
    "\u102d\u1031\u1032\u1033\u1036\u1038\u1039\u103a\u103b\u103d\u103f\u1040\u1050\u1056\u1058\u105a\u105e\u1061"
    "\u1062\u1065\u1067\u106e\u1071\u1075\u1082\u1083\u1085\u1087\u108d\u108e\u108f\u1090\u109a\u109d\u109e\u10a0"
    "\u10c6\u10d0\u10f9\u10fb\u10fc\u1100\u1160\u11a8\u1200\u1207\u1208\u1247\u1248\u1249\u124a\u124e\u1250\u1257"
    "\u1258\u1259\u125a\u125e\u1260\u1287\u1288\u1289\u128a\u128e\u1290\u12af\u12b0\u12b1\u12b2\u12b6\u12b8\u12bf"
    "\u12c0\u12c1\u12c2\u12c6\u12c8\u12cf\u12d0\u12d7\u12d8\u12ef\u12f0\u130f\u1310\u1311\u1312\u1316\u1318\u131f"
    "\u1320\u1347\u1348\u135b\u135d\u135f\u1360\u1361\u137d\u13a0\u13f5\u1401\u1677\u1680\u169d\u16a0\u16f1\u1700"
    "\u170d\u170e\u1712\u1715\u1716\u1720\u1732\u1734\u1735\u1737\u1740\u1752\u1754\u1760\u176d\u176e\u1771\u1772"
    "\u1774\u1780\u17b4\u17b6\u17b7\u17be\u17c6\u17c7\u17c9\u17d2\u17d3\u17d4\u17dd\u17de\u17e0\u17ea\u1800\u180b"
    "\u180e\u180f\u1810\u181a\u1820\u1878\u1880\u1885\u1887\u18a9\u18aa\u1920\u1923\u1927\u1929\u192c\u1930\u1932"
    "\u1933\u1939\u193c\u1a17\u1a19\u1a1b\u1a1c\u1a20\u1a55\u1a56\u1a57\u1a58\u1a5f\u1a60\u1a61\u1a62\u1a63\u1a65"
    "\u1a6d\u1a73\u1a7d\u1a7f\u1a80\u1ab0\u1ade\u1ae0\u1aec\u1b00\u1b04\u1b05\u1b0b\u1b0d\u1b13\u1b34\u1b35\u1b36"
    "\u1b3b\u1b3c\u1b3d\u1b3e\u1b42\u1b43\u1b44\u1b45\u1b4d\u1b6b\u1b74\u1b80\u1b82\u1b83\u1ba1\u1ba2\u1ba6\u1ba8"
    "\u1bab\u1bac\u1bae\u1bb0\u1bbb\u1bbe\u1be6\u1be7\u1be8\u1bea\u1bed\u1bee\u1bef\u1bf4\u1c24\u1c2c\u1c34\u1c36"
    "\u1c38\u1cd0\u1cd3\u1cd4\u1ce1\u1ce2\u1ce9\u1ced\u1cee\u1cf4\u1cf5\u1cf7\u1cf8\u1cfa\u1dc0\u1dcb\u1dfe\u1e00"
    "\u1e9c\u1ea0\u1efa\u1f00\u1f16\u1f18\u1f1e\u1f20\u1f46\u1f48\u1f4e\u1f50\u1f58\u1f59\u1f5a\u1f5b\u1f5c\u1f5d"
    "\u1f5e\u1f5f\u1f7e\u1f80\u1fb5\u1fb6\u1fbe\u1fbf\u1fc5\u1fc6\u1fd4\u1fd6\u1fdc\u1fdd\u1ff0\u1ff2\u1ff5\u1ff6"
    "\u1ffd\u1ffe\u1fff\u2000\u200b\u200c\u200d\u200e\u2010\u2011\u2013\u2017\u2018\u201a\u201c\u201e\u2020\u2023"
    "\u2024\u2028\u202f\u2030\u2031\u2032\u2034\u2035\u2036\u203b\u203c\u203d\u203e\u203f\u2049\u204a\u2053\u2057"
    "\u2058\u205f\u2060\u2070\u2072\u2074\u2075\u207f\u2080\u2081\u2085\u208f\u20a0\u20ac\u20ad\u20b2\u20d0\u20e3"
    "\u20e4\u20eb\u20f0\u20f1\u2100\u2103\u2104\u2105\u2106\u2109\u210a\u2113\u2114\u2116\u2117\u2121\u2122\u2123"
    "\u2126\u2127\u212b\u212c\u2139\u213a\u213b\u213d\u214c\u2153\u2155\u215b\u215f\u2160\u216c\u2170\u217a\u2184"
    "\u2189\u218a\u2190\u2194\u219a\u21a9\u21ab\u21b8\u21ba\u21d2\u21d3\u21d4\u21d5\u21e7\u21e8\u2200\u2201\u2202"
    "\u2204\u2207\u2209\u220b\u220c\u220f\u2210\u2211\u2212\u2215\u2216\u221a\u221b\u221d\u2221\u2223\u2224\u2225"
    "\u2226\u2227\u222d\u222e\u222f\u2234\u2238\u223c\u223e\u2248\u2249\u224c\u224d\u2252\u2253\u2260\u2262\u2264"
    "\u2268\u226a\u226c\u226e\u2270\u2282\u2284\u2286\u2288\u2295\u2296\u2299\u229a\u22a5\u22a6\u22bf\u22c0\u2312"
    "\u2313\u231a\u231c\u2328\u2329\u232b\u23cf\u23d0\u23e9\u23f4\u23f8\u23fb\u2400\u2427\u2440\u244b\u2460\u24c2"
    "\u24c3\u24ea\u24eb\u24ff\u2500\u254c\u2550\u2574\u2580\u2590\u2592\u2596\u25a0\u25a2\u25a3\u25aa\u25ac\u25b2"
    "\u25b4\u25b6\u25b7\u25b8\u25bc\u25be\u25c0\u25c1\u25c2\u25c6\u25c9\u25cb\u25cc\u25ce\u25d2\u25e2\u25e6\u25ef"
    "\u25f0\u25fb\u25fd\u25ff\u2600\u2605\u2607\u2609\u260a\u260e\u260f\u2610\u2611\u2612\u2614\u2616\u2618\u2619"
    "\u261c\u261d\u261e\u261f\u2620\u2621\u2622\u2624\u2626\u2627\u262a\u262b\u262e\u2630\u2638\u263b\u2640\u2641"
    "\u2642\u2643\u2648\u2654\u265f\u2660\u2661\u2662\u2663\u2664\u2665\u2666\u2667\u2668\u2669\u266b\u266c\u266e"
    "\u266f\u2670\u267b\u267c\u267e\u267f\u2680\u268a\u2690\u2692\u2693\u2694\u2698\u2699\u269a\u269b\u269d\u269e"
    "\u26a0\u26a1\u26a2\u26a7\u26a8\u26aa\u26ac\u26b0\u26b2\u26bd\u26bf\u26c0\u26c4\u26c6\u26c8\u26c9\u26ce\u26cf"
    "\u26d0\u26d1\u26d2\u26d3\u26d4\u26d5\u26e2\u26e3\u26e4\u26e8\u26e9\u26ea\u26eb\u26f0\u26f2\u26f4\u26f5\u26f6"
    "\u26f7\u26fa\u26fb\u26fd\u26fe\u2700\u2701\u2702\u2703\u2705\u2706\u2708\u270a\u270e\u270f\u2710\u2712\u2713"
    "\u2714\u2715\u2716\u2717\u271d\u271e\u2721\u2722\u2728\u2729\u2733\u2735\u273d\u273e\u2744\u2745\u2747\u2748"
    "\u274c\u274d\u274e\u274f\u2753\u2756\u2757\u2758\u275f\u2761\u2763\u2765\u2776\u2780\u2795\u2798\u27a1\u27a2"
    "\u27b0\u27b1\u27bf\u27c0\u27d0\u27ec\u27f0\u2934\u2936\u2adc\u2add\u2b00\u2b05\u2b08\u2b1b\u2b1d\u2b50\u2b51"
    "\u2b55\u2b56\u2b5a\u2cef\u2cf2\u2d7f\u2d80\u2de0\u2e00\u2e80\u2e9a\u2e9b\u2ef4\u2f00\u2fd6\u2ff0\u2ffc\u3000"
    "\u302a\u3030\u3031\u303d\u303e\u303f\u3040\u3041\u3097\u3099\u309b\u3100\u3105\u312d\u3130\u3131\u3164\u3165"
    "\u318f\u3190\u31b8\u31e6\u31ef\u31f0\u321d\u321f\u3220\u3244\u3248\u3250\u3251\u327c\u327f\u3297\u3298\u3299"
    "\u329a\u32cc\u32d0\u32ff\u3300\u3377\u337b\u33de\u33e0\u33ff\u3400\u4db6\u4e00\u9fa6\ua000\ua48d\ua490\ua4c7"
    "\ua66f\ua673\ua674\ua67e\ua69e\ua6a0\ua6f0\ua6f2\ua802\ua803\ua806\ua807\ua80b\ua80c\ua823\ua825\ua827\ua828"
    "\ua82c\ua82d\ua880\ua882\ua8b4\ua8c4\ua8c6\ua8e0\ua8f2\ua8ff\ua900\ua926\ua92e\ua947\ua952\ua953\ua954\ua960"
    "\ua97d\ua980\ua983\ua984\ua989\ua98c\ua98f\ua9b3\ua9b4\ua9b6\ua9ba\ua9bc\ua9be\ua9c0\ua9c1\ua9e0\ua9e5\ua9e6"
    "\ua9e7\ua9f0\ua9fa\ua9ff\uaa29\uaa2f\uaa31\uaa33\uaa35\uaa37\uaa43\uaa44\uaa4c\uaa4d\uaa4e\uaa60\uaa70\uaa71"
    "\uaa74\uaa7a\uaa7b\uaa7c\uaa7d\uaa7e\uaa80\uaab0\uaab1\uaab2\uaab5\uaab7\uaab9\uaabe\uaac0\uaac1\uaac2\uaae0"
    "\uaaeb\uaaec\uaaee\uaaf0\uaaf5\uaaf6\uaaf7\uabc0\uabdb\uabe3\uabe5\uabe6\uabe8\uabe9\uabeb\uabec\uabed\uabee"
    "\uac00\ud7a4\ud7b0\ud7c7\ud7cb\ud7fc\ue000\uf900\ufa2e\ufa30\ufa6b\ufb00\ufb07\ufb13\ufb18\ufb1d\ufb1e\ufb1f"
    "\ufb37\ufb38\ufb3d\ufb3e\ufb3f\ufb40\ufb42\ufb43\ufb45\ufb46\ufbb2\ufbd3\ufd40\ufd50\ufd90\ufd92\ufdc8\ufdf0"
    "\ufdfd\ufe00\ufe10\ufe1a\ufe20\ufe24\ufe30\ufe47\ufe49\ufe53\ufe54\ufe67\ufe68\ufe6c\ufe70\ufe75\ufe76\ufefd"
    "\ufeff\uff00\uff01\uff61\uff9e\uffa0\uffa1\uffbf\uffc2\uffc8\uffca\uffd0\uffd2\uffd8\uffda\uffdd\uffe0\uffe7"
    "\uffe8\uffef\ufff0\ufffc\ufffd\ufffe\U000101fd\U000101fe\U000102e0\U000102e1\U00010300\U0001031f\U00010320"
    "\U00010324\U00010330\U0001034b\U00010376\U0001037b\U00010400\U00010426\U00010428\U0001044e\U00010a00\U00010a01"
    "\U00010a04\U00010a05\U00010a07\U00010a0c\U00010a10\U00010a14\U00010a15\U00010a18\U00010a19\U00010a36\U00010a38"
    "\U00010a3b\U00010a3f\U00010a40\U00010ae5\U00010ae7\U00010d24\U00010d28\U00010d69\U00010d6e\U00010eab\U00010ead"
    "\U00010efa\U00010f00\U00010f46\U00010f51\U00010f82\U00010f86\U00011000\U00011001\U00011002\U00011003\U00011038"
    "\U00011047\U00011070\U00011071\U00011073\U00011075\U0001107f\U00011082\U00011083\U000110b0\U000110b3\U000110b7"
    "\U000110b9\U000110bb\U000110bd\U000110be\U000110c2\U000110c3\U000110cd\U000110ce\U00011100\U00011103\U00011127"
    "\U0001112c\U0001112d\U00011133\U00011134\U00011135\U00011144\U00011145\U00011147\U00011148\U00011173\U00011174"
    "\U00011180\U00011182\U00011183\U000111b3\U000111b6\U000111bf\U000111c0\U000111c1\U000111c2\U000111c4\U000111c9"
    "\U000111cd\U000111ce\U000111cf\U000111d0\U0001122c\U0001122f\U00011232\U00011234\U00011238\U0001123e\U0001123f"
    "\U00011241\U00011242\U000112df\U000112e0\U000112e3\U000112eb\U00011300\U00011302\U00011304\U0001133b\U0001133d"
    "\U0001133e\U0001133f\U00011340\U00011341\U00011345\U00011347\U00011349\U0001134b\U0001134d\U0001134e\U00011357"
    "\U00011358\U00011362\U00011364\U00011366\U0001136d\U00011370\U00011375\U00011380\U0001138a\U0001138b\U0001138c"
    "\U0001138e\U0001138f\U00011390\U000113b6\U000113b8\U000113b9\U000113bb\U000113c1\U000113c2\U000113c3\U000113c5"
    "\U000113c6\U000113c7\U000113ca\U000113cb\U000113cc\U000113ce\U000113d0\U000113d1\U000113d2\U000113d3\U000113e1"
    "\U000113e3\U00011435\U00011438\U00011440\U00011442\U00011445\U00011446\U00011447\U0001145e\U0001145f\U000114b0"
    "\U000114b1\U000114b3\U000114b9\U000114ba\U000114bb\U000114bd\U000114be\U000114bf\U000114c1\U000114c2\U000114c4"
    "\U000115af\U000115b0\U000115b2\U000115b6\U000115b8\U000115bc\U000115be\U000115bf\U000115c1\U000115dc\U000115de"
    "\U00011630\U00011633\U0001163b\U0001163d\U0001163e\U0001163f\U00011641\U000116ab\U000116ac\U000116ad\U000116ae"
    "\U000116b0\U000116b8\U0001171d\U0001171e\U0001171f\U00011720\U00011722\U00011726\U00011727\U0001172c\U0001182c"
    "\U0001182f\U00011838\U00011839\U0001183b\U00011900\U00011907\U00011909\U0001190a\U0001190c\U00011914\U00011915"
    "\U00011917\U00011918\U00011930\U00011931\U00011936\U00011937\U00011939\U0001193b\U0001193e\U0001193f\U00011940"
    "\U00011941\U00011942\U00011943\U00011944\U000119d1\U000119d4\U000119d8\U000119da\U000119dc\U000119e0\U000119e1"
    "\U000119e4\U000119e5\U00011a00\U00011a01\U00011a0b\U00011a33\U00011a39\U00011a3a\U00011a3b\U00011a3f\U00011a47"
    "\U00011a48\U00011a50\U00011a51\U00011a57\U00011a59\U00011a5c\U00011a84\U00011a8a\U00011a97\U00011a98\U00011a99"
    "\U00011a9a\U00011b60\U00011b61\U00011b62\U00011b65\U00011b66\U00011b67\U00011b68\U00011c2f\U00011c30\U00011c37"
    "\U00011c38\U00011c3e\U00011c3f\U00011c40\U00011c92\U00011ca8\U00011ca9\U00011caa\U00011cb1\U00011cb2\U00011cb4"
    "\U00011cb5\U00011cb7\U00011d31\U00011d37\U00011d3a\U00011d3b\U00011d3c\U00011d3e\U00011d3f\U00011d46\U00011d47"
    "\U00011d48\U00011d8a\U00011d8f\U00011d90\U00011d92\U00011d93\U00011d95\U00011d96\U00011d97\U00011d98\U00011ef3"
    "\U00011ef5\U00011ef7\U00011f00\U00011f02\U00011f03\U00011f04\U00011f11\U00011f12\U00011f34\U00011f36\U00011f3b"
    "\U00011f3e\U00011f40\U00011f42\U00011f43\U00011f5a\U00011f5b\U00013430\U00013440\U00013441\U00013447\U00013456"
    "\U0001611e\U0001612a\U0001612d\U00016130\U00016af0\U00016af5\U00016b30\U00016b37\U00016d63\U00016d64\U00016d67"
    "\U00016d6b\U00016f4f\U00016f50\U00016f51\U00016f88\U00016f8f\U00016f93\U00016fe0\U00016fe4\U00016fe5\U00016ff0"
    "\U00016ff2\U00016ff7\U00017000\U00018cd6\U00018cff\U00018d1f\U00018d80\U00018df3\U0001aff0\U0001aff4\U0001aff5"
    "\U0001affc\U0001affd\U0001afff\U0001b000\U0001b123\U0001b132\U0001b133\U0001b150\U0001b153\U0001b155\U0001b156"
    "\U0001b164\U0001b168\U0001b170\U0001b2fc\U0001bc9d\U0001bc9f\U0001bca0\U0001bca4\U0001cf00\U0001cf2e\U0001cf30"
    "\U0001cf47\U0001d000\U0001d0f6\U0001d100\U0001d127\U0001d12a\U0001d165\U0001d167\U0001d16a\U0001d16d\U0001d173"
    "\U0001d17b\U0001d183\U0001d185\U0001d18c\U0001d1aa\U0001d1ae\U0001d1de\U0001d242\U0001d245\U0001d300\U0001d357"
    "\U0001d360\U0001d377\U0001d400\U0001d455\U0001d456\U0001d49d\U0001d49e\U0001d4a0\U0001d4a2\U0001d4a3\U0001d4a5"
    "\U0001d4a7\U0001d4a9\U0001d4ad\U0001d4ae\U0001d4ba\U0001d4bb\U0001d4bc\U0001d4bd\U0001d4c1\U0001d4c2\U0001d4c4"
    "\U0001d4c5\U0001d506\U0001d507\U0001d50b\U0001d50d\U0001d515\U0001d516\U0001d51d\U0001d51e\U0001d53a\U0001d53b"
    "\U0001d53f\U0001d540\U0001d545\U0001d546\U0001d547\U0001d54a\U0001d551\U0001d552\U0001d6a4\U0001d6a8\U0001d7ca"
    "\U0001d7ce\U0001d800\U0001da00\U0001da37\U0001da3b\U0001da6d\U0001da75\U0001da76\U0001da84\U0001da85\U0001da9b"
    "\U0001daa0\U0001daa1\U0001dab0\U0001e000\U0001e007\U0001e008\U0001e019\U0001e01b\U0001e022\U0001e023\U0001e025"
    "\U0001e026\U0001e02b\U0001e08f\U0001e090\U0001e130\U0001e137\U0001e2ae\U0001e2af\U0001e2ec\U0001e2f0\U0001e4ec"
    "\U0001e4f0\U0001e5ee\U0001e5f0\U0001e6e3\U0001e6e4\U0001e6e6\U0001e6e7\U0001e6ee\U0001e6f0\U0001e6f5\U0001e6f6"
    "\U0001e8d0\U0001e8d7\U0001e944\U0001e94b\U0001f004\U0001f005\U0001f02c\U0001f030\U0001f094\U0001f0a0\U0001f0af"
    "\U0001f0b1\U0001f0c0\U0001f0c1\U0001f0cf\U0001f0d1\U0001f0f6\U0001f100\U0001f10b\U0001f110\U0001f12e\U0001f130"
    "\U0001f16a\U0001f170\U0001f172\U0001f17e\U0001f180\U0001f18a\U0001f18e\U0001f18f\U0001f191\U0001f19b\U0001f1ad"
    "\U0001f1ae\U0001f1e6\U0001f200\U0001f201\U0001f210\U0001f21a\U0001f21b\U0001f22f\U0001f230\U0001f232\U0001f23b"
    "\U0001f23c\U0001f240\U0001f249\U0001f260\U0001f266\U0001f322\U0001f324\U0001f394\U0001f396\U0001f398\U0001f399"
    "\U0001f39c\U0001f39e\U0001f3f1\U0001f3f3\U0001f3f6\U0001f3f7\U0001f3fb\U0001f400\U0001f4fe\U0001f4ff\U0001f53e"
    "\U0001f549\U0001f54f\U0001f550\U0001f568\U0001f56f\U0001f571\U0001f573\U0001f57b\U0001f587\U0001f588\U0001f58a"
    "\U0001f58e\U0001f590\U0001f591\U0001f595\U0001f597\U0001f5a4\U0001f5a6\U0001f5a8\U0001f5a9\U0001f5b1\U0001f5b3"
    "\U0001f5bc\U0001f5bd\U0001f5c2\U0001f5c5\U0001f5d1\U0001f5d4\U0001f5dc\U0001f5df\U0001f5e1\U0001f5e2\U0001f5e3"
    "\U0001f5e4\U0001f5e8\U0001f5e9\U0001f5ef\U0001f5f0\U0001f5f3\U0001f5f4\U0001f5fa\U0001f650\U0001f680\U0001f6c6"
    "\U0001f6cb\U0001f6d3\U0001f6d5\U0001f6e6\U0001f6e9\U0001f6ea\U0001f6eb\U0001f6f1\U0001f6f3\U0001f700\U0001f7da"
    "\U0001f800\U0001f80c\U0001f810\U0001f848\U0001f850\U0001f85a\U0001f860\U0001f888\U0001f890\U0001f8ae\U0001f8b0"
    "\U0001f8bc\U0001f8c0\U0001f8c2\U0001f8d0\U0001f8d9\U0001f900\U0001f90c\U0001f93b\U0001f93c\U0001f946\U0001f947"
    "\U0001fa00\U0001fa58\U0001fa60\U0001fa6e\U0001fb00\U0001fc00\U0001fffe\U00020000\U0002a6d7\U0002f800\U0002fa1e"
    "\U0002fffe\U00030000\U0003fffe\U000e0000\U000e0020\U000e0080\U000e0100\U000e01f0\U000e1000\U000f0000\U000ffffe"
    "\U00100000\U0010fffe"
)
"""The first code points of the runs of one class, in ascending order."""

KINDS: Final = (
    "eseslslslrlseqslslslslslslslslslslslslslslslslslslslslslslslslslslslslslslslslslslslslslslsjsjslslsjslslslslslsl"
    "slslsjdadjsjsjsjslsjsjsljlslslsjsjslslslsdhdsjsjsjsjsjsjsjsjdadadsdsdsdajajsjsjtjsjahsejsjsjsdahsdsdtjdsdsdjsjsj"
    "tsdsjdjsdsjajhjhjhjhjhjhjtjhjhthdujsnhudsuducusdhnsdsjmjdujsjsjsnjnjnjnjdjhudjujucjhjnjnsdjsnsjhjadujsjsjsjsjsjs"
    "jsjdjudjdjdjhjsjsjsdshjdujsjsjsjsnjnjnjnjdsudjdujucjsjsjajsjmhjdujsjsjsnjnjnjmnjdshdudhjujucjhdhjnjnshjsmjdsjsjs"
    "jsjsjsjsjsjsjsjsjhudujujudjhjsjhuhsjsjsnjnmnjhjdujdjdcjdjmjshjsjhujsjsjsjsjsjajudhuhujdhjhdjhjsjsajsjujhujsjsjsn"
    "mnmhjhudhjujuctjhjshjsjhujsjsjsjsjsjdjhudjdjuhjusjsdsudjsdsjsjsjsjsjsjsjsjsjsjsjsjsdsudhdsjsjsjdhjsjsjsdsdsdsdsu"
    "sjsjdudsdsjhdjdjsdsjsjnmnmnududhduchuhmsnudmhmumumhmhuhuhmujuhjsjsjsjwyxsjsjsjsjsjsjsjsjsjsjsjsjsjsjsjsjsjsjsjsj"
    "sjsjsjsjsjhajsjsjsjsjsjsjsdhjsdhsjsdjsjsjdjnhudududcdsajsjsaehsjsjshsdjauaujuauajauhjmuhuhjiuhuhuhjhjhjhjaujmjma"
    "hahahuahimjajhumuhuhihmjmjhuhuhuhjuhuhjhjhuhjhjhjuhjahasjsjsjsjsjsjsjsjsjsjsjsjslsjsjsjsjsjslsjseafelslslslslsle"
    "slslslslrslsrsjsjsesjlslslsjslsjdadahjslslslslslslqslslsrsjsjlslslslsjkjlqsrslslslslslslslslslslslslslslslslslsl"
    "slslslslslslslslslslslslslslslsCsrFsojCjCjsjsjlDlslklslslslslslrslsqlslsqlslslslslslsrCsrlslsqlsrsCsoslClsrsrsrs"
    "rsrArsqsqsCsrqlsqlqrlqlslslsrsoCsAjoCojojojkoCjojCjojCkjCkDkCDkDkDCkjkjkDCkDCpCkDCkCkjsrsCsrCsrsrsrsrsrsrsCsrsls"
    "rsrsCsCsCsCsjsrslsCsrsCsCjsjsCslsjojCjCjCkjhjhjhjFjFjFjFAFzEFEFsjFjzFjFAjFAFjFAjAFAjFABAFAFEFEFAFAFAFAFAFAFAFjFj"
    "hjhjhjhjhjajajuaujhjujuhjhjhjhjhuhjwjhujmjmhuhuhuijmhjmjmjhuhuhjhjhujmjmjmuhumjhjhjhjhjhjmuhujuijmjuhuhujuhjvjyA"
    "xjkFAFAsjsjsdsjsjsjsjsjsjsjsjsjsjaAjdhFAFjFjFjsjsjejFshjsjsjsjsjsjFjsjesljhjhjsjsjsjhjsjsjmajajamjmjmjajbjhjhjhj"
    "hjhjhjhjuhujhjhjhjhujuhuhjtjhjtjhmhuhihjmumjhjhujuhuhjtjhjuhjuhuhjhjhjhuhjhujhjhuhujujuhjhjujhjhjmjmjmjmjhuhjhjh"
    "jhujuhithjhjuhuhuhjhjhuhuhuhuhuhjhuhjuhuhjhjuhuhuhjhuhuhjhuhuhuhjuhuhjmjmjmjmjmhujujhitutuhjuhjhuhjujmhmhujhjijm"
    "huhmthuhijhuhuhujuhjhuhjhjuhuhuhjhjhjhjhthjujhjuhuhjhujhtumjmuhjuhijhjehjhjhuhjhjhjgjgjhjujhjAzjzAjAjAjAjAjAjAjA"
    "jAjAjAjAjAjhjejhjhjsjsjshdshedsdsdsjajAjAjsjsjsjsjsjsjsjsjsjsjsjsjsjsjsjsjsjsjsjsjsjsjhjhjhjhjhjhjhjhjhjhjhjhjhj"
    "hjhjhjhjhjhjhjhjhjhjCjCjCjCjCjCjCkjkjkjDBDBkCkCkjCGACACACACACACACjCjCjCjCjCjCzCjCjCjCjCjCjCjCjCjCjCjCjCjCjCjCjCj"
    "CjCjCjCjCjCjCjCjCjCjCjCjCjCjCjCjCjCjCjCjCjCACACjCjCjCjFAFAjAjeaeaejkjkj"
)
"""The class of each run."""
