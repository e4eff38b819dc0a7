import { readFileSync } from 'node:fs'

interface Problem {
  code: string
  title: string
  detail: string
}

// What the gateway answers itself; both gateways take the words from here.
export const PROBLEMS: Record<number, Problem> = {
  400: { code: 'gateway.bad_request', title: 'Bad request', detail: 'This request could not be understood.' },
  404: { code: 'gateway.not_found', title: 'Not found', detail: 'There is nothing at this address.' },
  408: { code: 'gateway.too_slow', title: 'Request timed out', detail: 'The request took too long to arrive.' },
  413: { code: 'gateway.too_large', title: 'Too large', detail: 'What was sent is larger than allowed here.' },
  414: { code: 'gateway.address_too_long', title: 'Address too long', detail: 'The address is longer than allowed.' },
  429: { code: 'gateway.too_many', title: 'Too many requests', detail: 'Wait a moment, then try again.' },
  431: { code: 'gateway.headers_too_large', title: 'Headers too large', detail: 'The request headers are too large.' },
  502: { code: 'gateway.unreachable', title: 'Not reachable', detail: 'Taskflow is starting or being updated.' },
  503: { code: 'gateway.busy', title: 'Busy', detail: 'Taskflow is busy. Wait a moment, then try again.' },
  504: { code: 'gateway.timeout', title: 'No answer in time', detail: 'The answer took too long. Try again.' },
}

export const OTHER_PROBLEM: Problem = {
  code: 'gateway.refused',
  title: 'Request refused',
  detail: 'This request could not be served.',
}

export function problemBody(status: string | number, problem: Problem, requestId: string) {
  const { title, detail, code } = problem
  const body = JSON.stringify({
    type: `urn:taskflow:problem:${code}`,
    title,
    status: '{{status}}',
    code,
    detail,
    requestId,
  })
  return body.replace('"{{status}}"', String(status))
}

const page = readFileSync(new URL('error-page.html', import.meta.url), 'utf8').replaceAll(/\n\s*/g, '\n')

export function problemPage(words: { title: string; detail: string; requestId: string }) {
  return page.replaceAll(/\{\{(title|detail|requestId)\}\}/g, (_, name: keyof typeof words) => words[name])
}
