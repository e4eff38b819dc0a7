const STEPS = [
  ['megabyte', 1024 * 1024],
  ['kilobyte', 1024],
] as const

/** "1.4 MB": how large a file is, as people say it. */
export function sizeWords(bytes: number, locale: string): string {
  const [unit, step] = STEPS.find(([, size]) => bytes >= size) ?? ['byte', 1]
  const style = { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short' } as const
  return new Intl.NumberFormat(locale, { ...style, maximumFractionDigits: unit === 'megabyte' ? 1 : 0 }).format(
    bytes / step,
  )
}

const PAINTED = /^image\/(png|jpeg|gif|webp|avif)$/

export const isPicture = (type: string): boolean => PAINTED.test(type)

export const hrefOf = ({ id }: { id: string }): string => `/api/attachments/${id}`
