// Exit code 0 when the address answers below 400, for images that carry no curl.
const [url] = process.argv.slice(2)
try {
  const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(3000) })
  process.exitCode = answer.status < 400 ? 0 : 1
} catch {
  process.exitCode = 1
}
