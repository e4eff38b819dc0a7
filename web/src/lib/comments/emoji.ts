/** Those that say most of what people want to say. */
export const EMOJI = ['👍', '❤️', '🎉', '😄', '👀', '🚀', '✅', '🙏', '🤔', '👎'] as const
