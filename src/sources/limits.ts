/** The longest line or CSV record taken, in bytes. */
export const maxLineBytes = 16 * 1024 * 1024;
