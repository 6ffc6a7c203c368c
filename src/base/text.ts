/**
 * The form in which text is compared: ConfigMgr's store compares without regard to case (also beyond ASCII:
 * MÜNCHEN = münchen), treats composed and decomposed letters alike, and ignores blanks at the end, as T-SQL does.
 */
export function fold(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll('ς', 'σ').trimEnd();
}
