const chosen = (name) => document.cookie.match(new RegExp(`(?:^|; )${name}=([a-z]+)`))?.[1]
const theme = chosen('theme')
if (theme === 'light' || theme === 'dark') document.documentElement.classList.add(theme)
if ((chosen('locale') ?? navigator.language.slice(0, 2)) === 'de') {
  document.documentElement.lang = 'de'
  for (const part of document.querySelectorAll('[data-de]')) part.textContent = part.dataset.de
}
addEventListener('online', () => location.reload())
// A network that is there again need not say so; the server may have been away alone.
setInterval(async () => {
  const answer = await fetch('/api/health', { cache: 'no-store' }).catch(() => null)
  if (answer?.ok) location.reload()
}, 5000)
