/** Something that a person can mend: shown as it stands, without a stack. */
export class Fault extends Error {}

export async function everyFault(checks: unknown[]): Promise<void> {
  const refused = (await Promise.allSettled(checks)).filter((one) => one.status === 'rejected')
  const unexpected = refused.find(({ reason }) => !(reason instanceof Fault))
  if (unexpected) throw unexpected.reason
  if (refused.length > 0) throw new Fault(refused.map(({ reason }) => reason.message).join('\n'))
}
