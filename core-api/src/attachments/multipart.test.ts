import { assert, suite } from '@taskflow/tools/suite.ts'
import { cleanName } from './file-name.ts'
import { boundaryOf, readFormFile } from './multipart.ts'

const test = suite('a form with a file')
const FORM = [
  'preamble',
  '\r\n--b\r\nContent-Disposition: form-data; name="note"\r\n\r\nhello\r\n',
  '--b\r\nContent-Disposition: form-data; name="file"; filename="a\\"b%22.txt"\r\nContent-Type: text/html\r\n\r\n',
  'one\r\n--not the end\r\n--',
  '\r\n--b--\r\n',
].join('')

const read = (form: string, size: number) =>
  readFormFile(pieces(Buffer.from(form), size), 'b', async (name, content) => [
    name,
    Buffer.concat(await Array.fromAsync(content)).toString(),
  ])

async function* pieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

test('is understood however it is cut into pieces', async () => {
  for (const size of [1, 2, 3, 7, 64, 10_000]) {
    assert.deepEqual(await read(FORM, size), ['a"b".txt', 'one\r\n--not the end\r\n--'])
  }
})

test('is refused when it is cut off, has two files, or has no end of headers', async () => {
  const refused = { status: 400, code: 'request.malformed' }
  for (let end = 9; end < FORM.length - 4; end += 5) await assert.rejects(read(FORM.slice(0, end), 16), refused)
  const file = '--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nx\r\n'
  await assert.rejects(read(`${file}${file}--b--`, 16), refused)
  await assert.rejects(read(`--b\r\n${'x'.repeat(9_000)}`, 1000), refused)
  assert.throws(() => boundaryOf('multipart/form-data'), refused)
})

test('names its file without a path and without hidden signs', () => {
  const names = ['C:\\fake\\a.txt', '../../etc/passwd', 'invoice\u202Egpj.exe', '..', '', ' \0\n']
  assert.deepEqual(names.map(cleanName), ['a.txt', 'passwd', 'invoicegpj.exe', 'file', 'file', 'file'])
  const long = cleanName(`${'ä'.repeat(300)}.tar`)
  assert.equal(long.length, 200)
  assert.ok(long.endsWith('.tar'))
})

test.run()
