/** What was done, in words, for the way back beside it. */
export interface DidWords {
  added(name: string): string
  many(count: number): string
  moved(name: string, column: string): string
  edited(name: string): string
  archived(name: string): string
  deleted(name: string): string
}
