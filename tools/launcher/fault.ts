/** Something that a person can mend: shown as it stands, without a stack. */
export class Fault extends Error {}
