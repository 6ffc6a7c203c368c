import type { Catalogue, ResourceType } from '../catalogue.ts';
import type { Source } from '../checked/checked.ts';
import { type Span, WqlError, type WqlErrorDetails } from '../errors.ts';

/** What a check needs to know besides the classes. */
export interface QueryContext {
  /** The collection with an id (in capitals), if there is one. */
  collections: (id: string) => { num: number; type: ResourceType } | undefined;
  /** The type of the collection that the query is for; without it, the query decides. */
  type?: ResourceType;
  /**
   * 'rule' (when absent): the query must select ResourceID or * from an SMS_R_ class, as ConfigMgr asks of the rules
   * of a collection. 'query': any select list will do, and the resources are those of the first SMS_R_ class.
   */
  purpose?: 'rule' | 'query';
  /**
   * Takes only queries in which a resource's own rows decide about it: for who may not see every resource, since any
   * other tells by its answer what others have.
   */
  ownRowsOnly?: boolean;
}

/** A query with more errors than this is some other kind of text; looking for more would only take time. */
const maxErrors = 50;

/** One check of one query: what it may use, and what it has found out so far. */
export class CheckContext {
  readonly text: string;
  readonly catalogue: Catalogue;
  readonly query: QueryContext;
  readonly errors: WqlError[] = [];
  #sources = 0;

  constructor(text: string, catalogue: Catalogue, query: QueryContext) {
    this.text = text;
    this.catalogue = catalogue;
    this.query = query;
  }

  /** A source with a number of its own. */
  newSource(source: Omit<Source, 'number'>): Source {
    return { number: this.#sources++, ...source };
  }

  error(message: string, at: Span, details: WqlErrorDetails = {}): WqlError {
    return new WqlError(message, this.text, at.start, {
      found: this.text.slice(at.start, Math.min(at.end, at.start + 60)),
      ...details,
    });
  }

  /**
   * Runs `check`; an error is kept, so that the rest of the query is still looked at, and `otherwise` returned.
   * @throws WqlError when too many have been kept already
   */
  attempt<T>(check: () => T, otherwise: T): T {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof WqlError) || this.errors.length >= maxErrors) throw error;
      this.errors.push(error);
      return otherwise;
    }
  }
}
