import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assert, suite } from '@taskflow/tools/suite.ts'
import type { FileStore } from './file-store.ts'
import { createS3Files } from './s3-files.ts'
import { signRequest } from './s3-signing.ts'

const test = suite('files in an S3 store')
const ACCESS_KEY = 'AKIAIOSFODNN7EXAMPLE'
const SECRET_KEY = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const stored = new Map<string, Buffer>()
let server: Server
let files: FileStore
let folder: string

test.before(async () => {
  folder = await mkdtemp(join(tmpdir(), 's3-'))
  server = createServer((request, response) => {
    answer(request).then(
      ({ status, body, headers }) => response.writeHead(status, headers).end(body),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  files = createS3Files(address(SECRET_KEY))
})
test.after(async () => {
  server?.close()
  await rm(folder, { recursive: true, force: true })
})

const address = (secret: string) =>
  `http://${ACCESS_KEY}:${encodeURIComponent(secret)}@127.0.0.1:${(server.address() as AddressInfo).port}/bucket?region=eu-central-1`

/** As much of S3 as is needed: checks who asks and that what arrived is what was signed. */
async function answer(request: IncomingMessage) {
  const body = Buffer.concat(await Array.fromAsync(request))
  const { authorization, ...headers } = request.headers as Record<string, string>
  const time = headers['x-amz-date']!
  const at = new Date(time.replace(/^(....)(..)(..T..)(..)(.*)$/, '$1-$2-$3:$4:$5'))
  const [, names = ''] = /SignedHeaders=([^,]+)/.exec(authorization!) ?? []
  const url = new URL(request.url!, `http://${headers.host}`)
  const signed = Object.fromEntries(names.split(';').map((name) => [name, headers[name]!]))
  const sha256 = headers['x-amz-content-sha256']!
  const keys = { accessKey: ACCESS_KEY, secretKey: SECRET_KEY, region: 'eu-central-1' }
  const expected = signRequest({ method: request.method!, url, headers: signed, sha256, at, ...keys })
  const said = { headers: {}, body: '' as string | Buffer }
  if (expected.authorization !== authorization)
    return { ...said, status: 403, body: '<Code>SignatureDoesNotMatch</Code>' }
  if (createHash('sha256').update(body).digest('hex') !== sha256)
    return { ...said, status: 400, body: 'XAmzContentSHA256Mismatch' }
  const known = stored.get(url.pathname)
  if (request.method === 'PUT') {
    assert.equal(headers['content-length'], String(body.length))
    stored.set(url.pathname, body)
    return { ...said, status: 200 }
  }
  if (request.method === 'DELETE') {
    stored.delete(url.pathname)
    return { ...said, status: 204 }
  }
  if (!known) return { ...said, status: 404, body: '<Code>NoSuchKey</Code>' }
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? []
  if (from) return { ...said, status: 206, body: known.subarray(Number(from), Number(to) + 1) }
  return { ...said, status: 200, body: known }
}

async function received(content: string) {
  const path = join(folder, 'file')
  await writeFile(path, content)
  return { path, size: content.length, sha256: createHash('sha256').update(content).digest('hex') }
}

const textOf = (content: ReadableStream<Uint8Array>) => new Response(content as never).text()

test('are stored, read whole and in part, and removed', async () => {
  await files.put('workspace/file', await received('abcdefghij'))
  assert.deepEqual([...stored.keys()], ['/bucket/workspace/file'])
  assert.equal(await textOf(await files.read('workspace/file')), 'abcdefghij')
  assert.equal(await textOf(await files.read('workspace/file', { start: 2, end: 4 })), 'cde')
  await files.remove('workspace/file')
  await files.remove('workspace/file')
  await assert.rejects(files.read('workspace/file'), { status: 404, code: 'attachments.file_missing' })
})

test('are unavailable, not lost, when the store refuses or is away', async () => {
  const file = await received('x')
  for (const store of [createS3Files(address('wrong')), createS3Files('http://a:b@127.0.0.1:1/bucket')]) {
    await assert.rejects(store.put('a', file), { status: 503, code: 'attachments.store_unavailable' })
    await assert.rejects(store.read('a'), { status: 503 })
  }
})

// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
test('are asked for with the signatures of the published examples', () => {
  const known = {
    at: new Date('2013-05-24T00:00:00Z'),
    sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    accessKey: ACCESS_KEY,
    secretKey: SECRET_KEY,
    region: 'us-east-1',
    method: 'GET',
  }
  const host = 'https://examplebucket.s3.amazonaws.com'
  const part = signRequest({ ...known, url: new URL(`${host}/test.txt`), headers: { range: 'bytes=0-9' } })
  assert.match(part.authorization, /Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41$/)
  const lifecycle = signRequest({ ...known, url: new URL(`${host}/?lifecycle`), headers: {} })
  assert.match(lifecycle.authorization, /Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543$/)
})

test.run()
