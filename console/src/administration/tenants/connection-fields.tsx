import { Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import type { Tenant } from '../../../../src/api/contract/index.ts';
import { FileField } from '../../parts/file-field.tsx';
import { clouds } from './words.ts';

/** What the first step of the wizard holds. */
export interface ConnectionForm {
  name: string;
  cloud: Tenant['cloud'];
  tenantId: string;
  clientId: string;
  loginUrl: string;
  graphUrl: string;
  ca: File | null;
}

export const emptyConnection: ConnectionForm = {
  name: '',
  cloud: 'public',
  tenantId: '',
  clientId: '',
  loginUrl: '',
  graphUrl: '',
  ca: null,
};

/** Whether all is there that is needed to go on. */
export function isConnectionComplete(form: ConnectionForm): boolean {
  const needed = [form.name, form.tenantId, form.clientId];
  if (form.cloud === 'custom') needed.push(form.loginUrl, form.graphUrl);
  return needed.every(text => text.trim() !== '');
}

const useStyles = makeStyles({
  two: {
    display: 'grid',
    gridTemplateColumns: '1fr 1fr',
    gap: tokens.spacingHorizontalM,
    alignItems: 'start',
    '@media (max-width: 640px)': { gridTemplateColumns: '1fr' },
  },
});

/** Which tenant, in which cloud, by which app registration. */
export function ConnectionFields({
  form,
  onChange,
}: {
  form: ConnectionForm;
  onChange: (form: ConnectionForm) => void;
}) {
  const styles = useStyles();
  const change = (part: Partial<ConnectionForm>) => onChange({ ...form, ...part });
  return (
    <>
      <div className={styles.two}>
        <Field label="Name" required hint="What the tenant is called here.">
          <Input value={form.name} onChange={(_, data) => change({ name: data.value })} />
        </Field>
        <Field label="Cloud">
          <Select value={form.cloud} onChange={(_, data) => change({ cloud: data.value as Tenant['cloud'] })}>
            {Object.entries(clouds).map(([cloud, title]) => (
              <option key={cloud} value={cloud}>
                {title}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Field label="Tenant ID" required hint="Directory (tenant) ID: a GUID, or one of its domains.">
        <Input value={form.tenantId} onChange={(_, data) => change({ tenantId: data.value })} />
      </Field>
      <Field label="Client ID" required hint="Application (client) ID of the app registration: a GUID.">
        <Input value={form.clientId} onChange={(_, data) => change({ clientId: data.value })} />
      </Field>
      {form.cloud === 'custom' && (
        <div className={styles.two}>
          <Field label="Login URL" required>
            <Input
              value={form.loginUrl}
              placeholder="https://"
              onChange={(_, data) => change({ loginUrl: data.value })}
            />
          </Field>
          <Field label="Graph URL" required>
            <Input
              value={form.graphUrl}
              placeholder="https://"
              onChange={(_, data) => change({ graphUrl: data.value })}
            />
          </Field>
        </div>
      )}
      <FileField
        label="Certificate authority"
        hint="PEM; only where a proxy or a private cloud shows a certificate that this server does not trust by itself."
        accept=".pem,.crt,.cer"
        name={form.ca?.name ?? null}
        onFile={ca => change({ ca })}
      />
    </>
  );
}
