import { useState } from 'react';

/** A state as the server told it, with the tag that stands for it. */
export interface Tagged<S> {
  answer: S;
  etag: string | undefined;
}

/**
 * A form over something that others may change meanwhile. It stays with the state that it was opened with, whatever is
 * read later, so that saving it sends nothing but what was changed here, and the tag tells the server which state was
 * meant.
 * @param present the state as it was read last
 * @param formOf what the fields hold for a state
 */
export function useEdited<S, F extends object>(present: Tagged<S>, formOf: (state: S) => F) {
  const [base, setBase] = useState(present);
  const [form, setForm] = useState(() => formOf(present.answer));
  return {
    /** The state that the form was opened with, or that it left when it was saved. */
    base: base.answer,
    etag: base.etag,
    form,
    change: (part: Partial<F>) => setForm(old => ({ ...old, ...part })),
    isChanged: JSON.stringify(form) !== JSON.stringify(formOf(base.answer)),
    /** Begins anew from a state. */
    load(state: Tagged<S>) {
      setBase(state);
      setForm(formOf(state.answer));
    },
  };
}
