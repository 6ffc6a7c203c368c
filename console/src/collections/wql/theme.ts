import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tokens } from '@fluentui/react-components';
import { tags } from '@lezer/highlight';

// Fluent's tokens are CSS variables, so that light, dark and high contrast come by themselves.

/** The colours of WQL. */
export const highlight = HighlightStyle.define([
  { tag: tags.keyword, color: tokens.colorBrandForeground1, fontWeight: '600' },
  { tag: tags.string, color: tokens.colorStatusDangerForeground2 },
  { tag: tags.number, color: tokens.colorStatusSuccessForeground1 },
  { tag: tags.typeName, color: tokens.colorPaletteBerryForeground1, fontWeight: '600' },
  { tag: tags.function(tags.variableName), color: tokens.colorPaletteMarigoldForeground1 },
  { tag: tags.propertyName, color: tokens.colorNeutralForeground1 },
  { tag: [tags.operator, tags.punctuation], color: tokens.colorNeutralForeground2 },
]);

/** The dress of the editor: that of Fluent's text areas. */
export const theme = EditorView.theme({
  // Not of '&' alone: the place of the tooltips bears that class too.
  '&.cm-editor': {
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderBottomColor: tokens.colorNeutralStrokeAccessible,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    fontSize: tokens.fontSizeBase300,
  },
  '&.cm-focused': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-1px' },
  '.cm-scroller': {
    fontFamily: tokens.fontFamilyMonospace,
    height: '150px',
    overflow: 'auto',
    lineHeight: '1.5',
  },
  '.cm-content': { caretColor: tokens.colorNeutralForeground1 },
  '.cm-cursor': { borderLeftColor: tokens.colorNeutralForeground1 },
  '.cm-gutters': {
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground3,
    border: 'none',
  },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: tokens.colorBrandBackground2Pressed,
  },
  '.cm-tooltip': {
    zIndex: '1000001',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    boxShadow: tokens.shadow16,
  },
  '.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    justifyContent: 'space-between',
    padding: '2px 8px',
  },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
    // A system that forces its colours gives it one; backgrounds say nothing there.
    outline: '2px solid transparent',
    outlineOffset: '-2px',
  },
  '.cm-tooltip-autocomplete > ul > li .cm-completionDetail': { fontStyle: 'normal', marginLeft: '2em' },
  '.cm-tooltip-autocomplete > ul': { fontFamily: tokens.fontFamilyMonospace, minWidth: '320px' },
  '.cm-diagnostic': { padding: '4px 8px' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: `underline wavy ${tokens.colorStatusDangerForeground1}`,
    textUnderlineOffset: '3px',
  },
});
