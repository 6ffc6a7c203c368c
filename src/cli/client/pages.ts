/** A page of a list, as the API answers it. */
export interface Page<Row> {
  items: Row[];
  next: string | null;
}

/**
 * All rows of a list, page after page, each asked for when the one before is used up.
 * @param read asks for the page after a cursor; undefined stands for the first
 */
export async function* everyRow<Row>(
  read: (after: string | undefined) => Promise<Page<Row>>,
): AsyncGenerator<Row> {
  let after: string | undefined;
  do {
    const page = await read(after);
    yield* page.items;
    after = page.next ?? undefined;
  } while (after !== undefined);
}
