export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export const YEAR_SECONDS = 31_536_000

export function isTheme(value: unknown): value is Theme {
  return themes.includes(value as Theme)
}

export function applyTheme(theme: Theme): void {
  const root = document.documentElement
  root.classList.remove('light', 'dark')
  if (theme !== 'system') root.classList.add(theme)
  rememberChoice('theme', theme)
}

export function rememberChoice(name: string, value: string): void {
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  document.cookie = `${name}=${value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${secure}`
}

export const readChoice = (name: string): string | undefined =>
  document.cookie.match(new RegExp(`(?:^|; )${name}=([^;]*)`))?.[1]

const CANVAS = { light: '#f9f8f5', dark: '#151411' }

/** The colour of a phone's status bar, which no stylesheet reaches. */
export function themeColorTags(theme: Theme): string {
  if (theme !== 'system') return `<meta name="theme-color" content="${CANVAS[theme]}" />`
  return (['light', 'dark'] as const)
    .map((name) => `<meta name="theme-color" content="${CANVAS[name]}" media="(prefers-color-scheme: ${name})" />`)
    .join('')
}
