const longest = 64;

/**
 * A mail nickname for a group: Graph requires one even where no mail is meant. ASCII letters, digits and - only, at
 * most 64 characters (learn.microsoft.com/graph/api/group-post-groups).
 * @param suffix makes it unique in the tenant
 */
export function mailNickname(displayName: string, suffix: string): string {
  const plain = displayName
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, longest - suffix.length - 1)
    .replace(/-+$/, '');
  return `${plain || 'group'}-${suffix}`;
}
