export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/** Null where the browser lets nothing be kept. */
export function storeOfDevice(): Store | null {
  try {
    return localStorage
  } catch {
    return null
  }
}

/** What a reload keeps, and no other tab sees. */
export function storeOfTab(): Store | null {
  try {
    return sessionStorage
  } catch {
    return null
  }
}

/** Whether something is switched on, on this device alone. */
export function isSwitchedOn(name: string, usually: boolean): boolean {
  const kept = storeOfDevice()?.getItem(name)
  return kept ? kept === 'on' : usually
}

/** Where nothing may be kept, it holds until the page is loaded again. */
export function keepSwitch(name: string, on: boolean): void {
  try {
    storeOfDevice()?.setItem(name, on ? 'on' : 'off')
  } catch {
    // No room is left.
  }
}
