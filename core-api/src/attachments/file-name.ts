const NAME_LIMIT = 200
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** A name without a path and without signs that hide what it ends with. */
export function cleanName(given: string): string {
  const name = given.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1)!.replace(INVISIBLE, '').trim()
  if (name === '' || /^\.+$/.test(name)) return 'file'
  return shorten(name)
}

function shorten(name: string): string {
  if (name.length <= NAME_LIMIT) return name
  const ending = /\.[^.]{1,16}$/.exec(name)?.[0] ?? ''
  return name.slice(0, NAME_LIMIT - ending.length).toWellFormed() + ending
}

/** For the header of a download (RFC 6266): the name as it is, and something plain for those who do not read that. */
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`
}
