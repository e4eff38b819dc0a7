import { BadRequest } from '../errors.ts'

const bare = (tag: string) => tag.trim().replace(/^W\//, '')

/** Whether the caller of If-None-Match has this already. A gateway that compresses weakens the tag on its way out. */
export const isKnown = (etag: string, ifNoneMatch: string | undefined): boolean =>
  ifNoneMatch?.split(',').some((one) => bare(one) === etag || bare(one) === '*') ?? false

/** The version on which a text was written: `If-Match: "7"`, a list of which any will do, or the one in the body. */
export function versionOf(ifMatch: string | undefined, inBody: number | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return inBody
  const versions = ifMatch.split(',').map((one) => /^"?(\d{1,15})"?$/.exec(bare(one))?.[1])
  if (versions.includes(undefined))
    throw new BadRequest('request.if_match', 'If-Match must be a version in quotes, like "7".')
  // Where both are given, the older one decides.
  return Math.min(inBody ?? Infinity, Math.max(...versions.map(Number)))
}
