/** The keywords of WQL that queries for collections use, as one writes them. */
export const keywords = [
  'select',
  'distinct',
  'from',
  'where',
  'and',
  'or',
  'not',
  'in',
  'like',
  'is',
  'null',
  'as',
  'on',
  'inner',
  'left',
  'right',
  'full',
  'outer',
  'join',
  'order',
  'by',
  'asc',
  'desc',
  'true',
  'false',
] as const;

/** The functions of WQL. */
export const functions = [
  'GetDate',
  'DateAdd',
  'DateDiff',
  'DatePart',
  'Upper',
  'Lower',
  'Substring',
] as const;

const known = new Set<string>(keywords);

/** Whether a word is a keyword, in any case. */
export const isKeyword = (word: string): boolean => known.has(word.toLowerCase());
