import {
  autocompletion,
  type CompletionContext,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, type Text } from '@codemirror/state';
import { EditorView, keymap, lineNumbers, tooltips } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { ResourceType, WqlCheck, WqlClass } from '../../../../src/api/contract/index.ts';
import { offersAt } from './completion.ts';
import { wqlLanguage } from './language.ts';
import { highlight, theme } from './theme.ts';

interface EditorProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** What is offered while typing. */
  classes: readonly WqlClass[];
  type: ResourceType;
  /** Underlined where they are. */
  mistakes: WqlCheck['errors'];
  /** Id of what describes it: set by the field around it. */
  'aria-describedby'?: string;
}

/**
 * A text field for WQL: coloured, with classes and properties offered, mistakes underlined. Tab leaves it, as it
 * leaves every field. The default of this file, as it is read when it is needed.
 */
export default function Editor({ label, value, onChange, classes, type, mistakes, ...field }: EditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const attributes = useRef(new Compartment());
  // What the editor calls must be of the latest render, and the editor itself is made once.
  const latest = useRef({ onChange, classes, type, value });
  latest.current = { ...latest.current, onChange, classes, type };
  const describedBy = field['aria-describedby'];

  useEffect(() => {
    if (!place.current) return;
    const made = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          lineNumbers(),
          history(),
          bracketMatching(),
          closeBrackets(),
          autocompletion({ override: [context => offers(context, latest.current)], icons: false }),
          wqlLanguage,
          syntaxHighlighting(highlight),
          theme,
          EditorView.lineWrapping,
          // A dialog's content cuts off what does not fit; the dialog itself does not.
          tooltips({ parent: place.current.closest<HTMLElement>('[role="dialog"]') ?? document.body }),
          attributes.current.of([]),
          keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
          EditorView.updateListener.of(update => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    return () => made.destroy();
  }, []);

  useEffect(() => {
    const set: Record<string, string> = { 'aria-label': label, spellcheck: 'false', tabindex: '0' };
    if (describedBy) set['aria-describedby'] = describedBy;
    view.current?.dispatch({
      effects: attributes.current.reconfigure(EditorView.contentAttributes.of(set)),
    });
  }, [label, describedBy]);

  useEffect(() => {
    if (!view.current) return;
    const { doc } = view.current.state;
    const found = mistakes.map(mistake => {
      const from = placeOf(doc, mistake.line, mistake.column);
      const to = Math.min(doc.length, from + Math.max(1, mistake.found?.length ?? 1));
      return { from: Math.min(from, to), to, severity: 'error' as const, message: mistake.message };
    });
    view.current.dispatch(setDiagnostics(view.current.state, found));
  }, [mistakes]);

  return <div ref={place} />;
}

/** The character at a line and column, both counted from 1; the end where there is none. */
function placeOf(doc: Text, line: number, column: number): number {
  if (line > doc.lines) return doc.length;
  const { from, to } = doc.line(Math.max(1, line));
  return Math.min(to, from + column - 1);
}

function offers(
  { state, pos, explicit }: CompletionContext,
  { classes, type }: { classes: readonly WqlClass[]; type: ResourceType },
) {
  const found = offersAt(state.doc.toString(), pos, classes, type);
  if (!found) return null;
  const isAsked = explicit || found.from < pos || state.sliceDoc(pos - 1, pos) === '.';
  if (!isAsked) return null;
  return {
    from: found.from,
    options: found.items.map(({ label, kind, detail }) => ({
      label,
      type: kind,
      ...(detail === undefined ? {} : { detail }),
      boost: kind === 'property' || kind === 'class' ? 1 : 0,
    })),
    validFor: /^[\p{L}\p{N}_]*$/u,
  };
}
