const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (one) => ENTITIES[one]!)

// No pictures and no tables: it reads the same with images off, on a phone and aloud. Colours follow the reader's.
export const MAIL_STYLE = `
:root { color-scheme: light dark; supported-color-schemes: light dark }
body { margin: 0; background: #f6f7f9; color: #1c2330; font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif }
main { max-width: 560px; margin: 0 auto; padding: 24px 20px }
.card { background: #ffffff; border: 1px solid #dfe3ea; border-radius: 12px; padding: 20px; margin: 0 0 16px }
h1 { font-size: 18px; line-height: 1.35; margin: 0 0 8px }
p { margin: 0 0 12px }
blockquote { margin: 0 0 12px; padding: 2px 0 2px 12px; border-left: 3px solid #c3cad6; white-space: pre-line }
ul { list-style: none; margin: 0; padding: 0 }
li { padding: 10px 0; border-top: 1px solid #e6e9ef }
li:first-child { border-top: 0 }
a { color: #2456c9 }
a.button, button { display: inline-block; background: #2456c9; color: #ffffff; border: 0; border-radius: 8px; padding: 10px 18px; font: inherit; font-weight: 600; text-decoration: none }
small, .quiet { color: #5c6675; font-size: 13px }
.quiet a { color: #5c6675 }
@media (prefers-color-scheme: dark) {
  body { background: #14171d; color: #e8ebf0 }
  .card { background: #1d222b; border-color: #333b48 }
  blockquote { border-color: #4a5465 }
  li { border-color: #333b48 }
  a { color: #8fb2ff }
  a.button, button { background: #3f6fe0; color: #ffffff }
  small, .quiet, .quiet a { color: #a2acbb }
}`

interface Page {
  language: string
  title: string
  body: string
}

/** `body` is HTML: whatever people wrote in it has been escaped. */
export const htmlPage = ({ language, title, body }: Page): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${MAIL_STYLE}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`
