const PLACEHOLDER = /change|example|default|placeholder|password|secret|taskflow|0123456789|abcdef/i

export function weakSecret(value: string): boolean {
  return PLACEHOLDER.test(value) || new Set(value).size < 10
}
