import packageFile from '../../package.json' with { type: 'json' };

/** The version of this Rollcall. */
export const { version } = packageFile;
