#!/usr/bin/env node
process.argv.splice(2, 0, 'tools/tail.ts')
await import('./with-node.mjs')
