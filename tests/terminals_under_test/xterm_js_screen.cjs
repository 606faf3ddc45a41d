// A terminal of xterm.js without a window: xterm_js_screen.cjs PACKAGE COLUMNS ROWS.
// fed.py tells what it takes and answers.
const { Terminal } = require(process.argv[2])
const terminal = new Terminal({ cols: +process.argv[3], rows: +process.argv[4], scrollback: 0, allowProposedApi: true })
// As in VS Code: xterm.js loses some characters whose bytes come in two writes.
const decoder = new (require('string_decoder').StringDecoder)('utf8')
const say = value => process.stdout.write(JSON.stringify(value) + '\n')

function cells (row) {
  const line = terminal.buffer.active.getLine(terminal.buffer.active.baseY + row)
  return Array.from({ length: terminal.cols }, (_, column) => {
    const cell = line.getCell(column)
    return cell.getChars() || (cell.getWidth() ? ' ' : '')
  })
}

// Writing takes its time. Whatever is asked next is about what was written before.
const requests = {
  write: text => terminal.write(decoder.write(Buffer.from(text, 'base64'))),
  resize: (columns, rows) => terminal.write('', () => terminal.resize(columns, rows)),
  grid: () => terminal.write('', () => say({ grid: Array.from({ length: terminal.rows }, (_, row) => cells(row)) }))
}

terminal.onData(text => say({ sent: text }))
require('readline').createInterface({ input: process.stdin }).on('line', line => {
  const [name, ...values] = JSON.parse(line)
  requests[name](...values)
})
