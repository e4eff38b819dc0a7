/** `task:*` covers `task:write`, `*` covers everything. For what a screen offers; the API decides. */
export const allows = (granted: readonly string[], wanted: string): boolean =>
  granted.some((one) => one === wanted || one === '*' || (one.endsWith(':*') && wanted.startsWith(one.slice(0, -1))))
