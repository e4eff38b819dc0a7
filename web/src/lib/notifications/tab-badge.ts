const PREFIX = /^\(\d+\+?\) /
const MOST = 99

/** The count in the tab's title, whatever the page calls itself, and a dot on its icon. */
export function showInTab(count: number): () => void {
  const write = () => {
    const plain = document.title.replace(PREFIX, '')
    const wanted = count ? `(${count > MOST ? `${MOST}+` : count}) ${plain}` : plain
    if (document.title !== wanted) document.title = wanted
  }
  const watcher = new MutationObserver(write)
  watcher.observe(document.head, { childList: true, subtree: true, characterData: true })
  write()
  showDot(count > 0)
  return () => watcher.disconnect()
}

const icon = () => document.querySelector<HTMLLinkElement>('link[rel=icon][type="image/svg+xml"]')
let plainHref: string | undefined
let dottedHref: Promise<string> | undefined

function showDot(isShown: boolean) {
  const link = icon()
  if (!link) return
  plainHref ??= link.href
  if (!isShown) return void (link.href = plainHref)
  dottedHref ??= drawDot(plainHref)
  void dottedHref.then((href) => {
    if (PREFIX.test(document.title)) link.href = href
  })
}

/** The icon with a dot in its corner, as an address of its own. */
async function drawDot(href: string): Promise<string> {
  const svg = await (await fetch(href)).text()
  const dot = '<circle cx="25" cy="7" r="7" fill="#fff"/><circle cx="25" cy="7" r="5.5" fill="#c9302d"/></svg>'
  return `data:image/svg+xml,${encodeURIComponent(svg.replace(/<\/svg>\s*$/, dot))}`
}
