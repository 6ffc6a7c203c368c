import { makeStyles, mergeClasses, Tree, TreeItem, TreeItemLayout, tokens } from '@fluentui/react-components';
import { addressOf } from './place.ts';
import { type PlaceNode, places } from './places.tsx';

const useStyles = makeStyles({
  tree: { rowGap: '1px' },
  item: { fontSize: '13px', textDecoration: 'none', color: tokens.colorNeutralForeground1 },
  here: {
    '& > .fui-TreeItemLayout': {
      backgroundColor: tokens.colorBrandBackground2,
      boxShadow: `inset 3px 0 0 ${tokens.colorBrandStroke1}`,
      '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '-2px' },
    },
  },
});

/** The tree of places; arrow keys move in it, Enter goes to a place. */
export function Navigation({ path }: { path: string }) {
  const styles = useStyles();
  return (
    <Tree aria-label="Places" size="small" className={styles.tree} defaultOpenItems={headings(places)}>
      <Nodes nodes={places} path={path} />
    </Tree>
  );
}

function Nodes({ nodes, path }: { nodes: readonly PlaceNode[]; path: string }) {
  const styles = useStyles();
  return nodes.map(node =>
    node.children ? (
      <TreeItem key={node.title} value={node.title} itemType="branch" className={styles.item}>
        <TreeItemLayout iconBefore={node.icon}>{node.title}</TreeItemLayout>
        <Tree>
          <Nodes nodes={node.children} path={path} />
        </Tree>
      </TreeItem>
    ) : (
      <TreeItem
        key={node.path}
        value={node.path}
        itemType="leaf"
        onClick={() => {
          window.location.hash = addressOf(node.path ?? '');
        }}
        aria-current={node.path === path ? 'page' : undefined}
        className={mergeClasses(styles.item, node.path === path && styles.here)}
      >
        <TreeItemLayout iconBefore={node.icon}>{node.title}</TreeItemLayout>
      </TreeItem>
    ),
  );
}

/** All that can be opened: the tree is small, so it stands open. */
function headings(nodes: readonly PlaceNode[]): string[] {
  return nodes.flatMap(node => (node.children ? [node.title, ...headings(node.children)] : []));
}
