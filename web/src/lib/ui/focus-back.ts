/** Before something takes the focus: answers how to give it back when that is gone, unless it went on by then. */
export function rememberFocus(): () => void {
  const focused = document.activeElement as HTMLElement | null
  return () => {
    if (document.activeElement === document.body && focused?.isConnected) focused.focus()
  }
}
