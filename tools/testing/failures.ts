const LINES_OF_EACH = 16
const CHARACTERS_OF_LINE = 240

/** What failed in a file, in few lines: its name and first words, or the last ones of a file that came to no test. */
export function failuresIn(output: string): string {
  const [, ...failures] = output.split(/\n(?= +FAIL {2})/)
  const shown = failures.length > 0 ? failures.map(firstLines) : [output.trimEnd().split('\n').slice(-LINES_OF_EACH)]
  return shown
    .flat()
    .map((line) => `    ${line.slice(0, CHARACTERS_OF_LINE)}`)
    .join('\n')
}

/** With the place in the test, which stands below a comparison that may be long. */
function firstLines(failure: string): string[] {
  const lines = failure
    .split(/\n {2}Total: /)[0]!
    .trimEnd()
    .split('\n')
  const place = lines.findIndex((line) => /^ +at .*\.test\.ts:/.test(line))
  return place < LINES_OF_EACH ? lines.slice(0, LINES_OF_EACH) : [...lines.slice(0, LINES_OF_EACH), lines[place]!]
}
