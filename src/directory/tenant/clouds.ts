import { Problem } from '../../base/index.ts';

/** Microsoft's national clouds, and 'custom' for a private or test cloud at given addresses. */
export type Cloud = 'public' | 'usgov' | 'usgov-dod' | 'china' | 'custom';

/** Where a cloud signs in and where its Graph is: origins without a slash at the end. */
export interface CloudAddresses {
  loginUrl: string;
  graphUrl: string;
}

/** learn.microsoft.com/graph/deployments: each national cloud has its own sign-in and its own Graph. */
const clouds: Record<Exclude<Cloud, 'custom'>, CloudAddresses> = {
  public: { loginUrl: 'https://login.microsoftonline.com', graphUrl: 'https://graph.microsoft.com' },
  usgov: { loginUrl: 'https://login.microsoftonline.us', graphUrl: 'https://graph.microsoft.us' },
  'usgov-dod': { loginUrl: 'https://login.microsoftonline.us', graphUrl: 'https://dod-graph.microsoft.us' },
  china: {
    loginUrl: 'https://login.chinacloudapi.cn',
    graphUrl: 'https://microsoftgraph.chinacloudapi.cn',
  },
};

/**
 * The addresses of a cloud. Giving an address makes the cloud 'custom', and then both are needed.
 * @throws Problem `invalid-cloud-address` when one is missing or is not an https address
 */
export function resolveCloud(
  cloud: Cloud | undefined,
  given: { loginUrl?: string | undefined; graphUrl?: string | undefined },
): CloudAddresses & { cloud: Cloud } {
  const isGiven = given.loginUrl !== undefined || given.graphUrl !== undefined;
  if (cloud !== undefined && cloud !== 'custom') {
    if (isGiven) {
      throw invalidAddress(
        `The cloud ${cloud} has its own addresses, and others were given besides.`,
        'Leave out the cloud, or leave out the login and Graph URLs.',
      );
    }
    return { cloud, ...clouds[cloud] };
  }
  if (!isGiven && cloud === undefined) return { cloud: 'public', ...clouds.public };
  if (given.loginUrl === undefined || given.graphUrl === undefined) {
    throw invalidAddress(
      'A custom cloud needs both a login URL and a Graph URL.',
      'Give both --login-url and --graph-url.',
    );
  }
  return {
    cloud: 'custom',
    loginUrl: originOf('login URL', given.loginUrl),
    graphUrl: originOf('Graph URL', given.graphUrl),
  };
}

function originOf(what: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' || url.username !== '' || url.search !== '' || url.pathname !== '/') {
    throw invalidAddress(
      `The ${what} "${text}" is not an https address of a host.`,
      'Give it as https://host or https://host:port, without a path: Rollcall adds /v1.0 and the tenant itself.',
    );
  }
  return url.origin;
}

function invalidAddress(message: string, hint: string): Problem {
  return new Problem('invalid', 'invalid-cloud-address', message, hint);
}
