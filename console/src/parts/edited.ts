import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
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
function useEdited<S, F extends object>(present: Tagged<S>, formOf: (state: S) => F) {
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

/**
 * The same with what saves it: a change is sent for the state that the form was opened with, so that nobody undoes
 * unawares what somebody else has done meanwhile.
 * @param queryKey where the state is kept as it was read
 * @param save sends a change; answers what the change has made of the state
 */
export function useSavedForm<S, F extends object, B>({
  queryKey,
  present,
  formOf,
  read,
  save,
}: {
  queryKey: QueryKey;
  present: Tagged<S>;
  formOf: (state: S) => F;
  read: () => Promise<Tagged<S>>;
  save: (body: B, etag: string | undefined) => Promise<Tagged<S>>;
}) {
  const queries = useQueryClient();
  const edited = useEdited(present, formOf);
  const saving = useMutation({
    mutationFn: (body: B) => save(body, edited.etag),
    onSuccess(state) {
      queries.setQueryData(queryKey, state);
      edited.load(state);
    },
    onSettled: () => queries.invalidateQueries(),
  });
  return {
    ...edited,
    save: saving.mutate,
    /** For the form that shows it. */
    outcome: {
      changed: edited.isChanged,
      pending: saving.isPending,
      saved: saving.isSuccess,
      error: saving.error,
      async onLoadAnew() {
        edited.load(await queries.fetchQuery({ queryKey, queryFn: read, staleTime: 0 }));
        saving.reset();
      },
    },
  };
}
