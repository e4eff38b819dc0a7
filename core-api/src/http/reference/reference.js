const element = (name, props = {}, ...children) => {
  const made = Object.assign(document.createElement(name), props)
  made.append(...children)
  return made
}

const resolve = (spec, schema) => {
  const name = schema?.$ref?.split('/').pop()
  return name ? spec.components.schemas[name] : schema
}

const sketch = (spec, given, depth = 0) => {
  const schema = resolve(spec, given) ?? {}
  if (depth > 6) return '…'
  const choice = schema.anyOf ?? schema.oneOf
  if (choice) return choice.map((one) => sketch(spec, one, depth + 1)).find((one) => one !== null) ?? null
  if (schema.enum) return schema.enum.join(' | ')
  if ('const' in schema) return schema.const
  if (schema.type === 'array') return [sketch(spec, schema.items, depth + 1)]
  if (schema.properties) {
    const entries = Object.entries(schema.properties).map(([key, value]) => {
      const optional = schema.required?.includes(key) ? '' : '?'
      return [key + optional, sketch(spec, value, depth + 1)]
    })
    return Object.fromEntries(entries)
  }
  const type = [schema.type ?? 'any'].flat().join(' | ')
  return schema.type === 'null' ? null : schema.format ? `${type} (${schema.format})` : type
}

const block = (spec, title, content) => {
  const schema = content && Object.values(content)[0]?.schema
  if (!schema) return []
  return [
    element('h4', { textContent: title }),
    element('pre', { textContent: JSON.stringify(sketch(spec, schema), null, 2) }),
  ]
}

const operation = (spec, path, method, details) => {
  const body = element('div')
  if (details.description) body.append(element('p', { textContent: details.description }))
  for (const parameter of details.parameters ?? []) {
    const type = sketch(spec, parameter.schema)
    body.append(element('p', {}, element('code', { textContent: parameter.name }), ` ${parameter.in}, ${type}`))
  }
  body.append(...block(spec, 'Body', details.requestBody?.content))
  for (const [status, answer] of Object.entries(details.responses ?? {})) {
    body.append(...block(spec, `${status}: ${answer.description}`, answer.content))
  }
  const line = element('summary', {}, element('span', { className: 'method', textContent: method.toUpperCase() }))
  line.append(
    element('code', { textContent: path }),
    element('span', { className: 'dim', textContent: details.summary ?? '' }),
  )
  return element('details', {}, line, body)
}

const spec = await (await fetch('/api/openapi.json')).json()
document.querySelector('#about').textContent = spec.info.description
const sections = new Map()
for (const [path, methods] of Object.entries(spec.paths)) {
  for (const [method, details] of Object.entries(methods)) {
    const tag = details.tags?.[0] ?? 'More'
    const section = sections.get(tag) ?? []
    sections.set(tag, [...section, operation(spec, path, method, details)])
  }
}
for (const [tag, operations] of sections) {
  const id = tag.toLowerCase().replaceAll(' ', '-')
  document.querySelector('nav').append(element('a', { href: `#${id}`, textContent: tag }))
  document.querySelector('main').append(element('section', {}, element('h2', { id, textContent: tag }), ...operations))
}
