export const PANE = 'reading-pane'

/** Whether the focus is in the task beside the list, which has keys of its own. */
export const isInPane = (at?: Element) => at !== undefined && at.closest(`#${PANE}`) !== null
