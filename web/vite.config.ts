import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'

export default defineConfig({
  // light-dark() in the tokens must reach the browser as written.
  build: { target: ['chrome123', 'firefox128', 'safari17.5'] },
  environments: { client: { build: { rolldownOptions: { output: { codeSplitting: { groups: [frame()] } } } } } },
  plugins: [
    tailwindcss(),
    sveltekit({
      adapter: adapter(),
      compilerOptions: { runes: true },
      csp: {
        mode: 'nonce',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self'],
          'style-src-elem': ['self'],
          'style-src-attr': ['unsafe-inline'],
          'img-src': ['self', 'data:', 'blob:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'worker-src': ['self'],
          'manifest-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['none'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
})

/** What nearly every page needs travels as one file: dozens of tiny ones cost more than they save. */
function frame() {
  const parts = ['svelte/src', '@sveltejs/kit/src', '@lucide/svelte', '/src/lib/ui/', '/src/lib/forms/']
  return { name: 'frame', minShareCount: 2, test: (id: string) => parts.some((part) => id.includes(part)) }
}
