/** Text for which folding is lower case alone; nearly all of an inventory is such. */
const plain = /^[\x20-\x7e]*$/;

/**
 * The form in which text is compared: ConfigMgr's store compares without regard to case (also beyond ASCII:
 * MÜNCHEN = münchen), treats composed and decomposed letters alike, and ignores blanks at the end, as T-SQL does.
 */
export function fold(text: string): string {
  if (plain.test(text)) return text.toLowerCase().trimEnd();
  return text.normalize('NFC').toLowerCase().replaceAll('ς', 'σ').trimEnd();
}
