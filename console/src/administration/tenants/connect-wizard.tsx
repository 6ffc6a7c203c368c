import { Button, MessageBar, MessageBarBody, Spinner, Text } from '@fluentui/react-components';
import { useState } from 'react';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { ProblemBar } from '../../parts/problem-bar.tsx';
import { Checks } from './checks.tsx';
import {
  ConnectionFields,
  type ConnectionForm,
  emptyConnection,
  isConnectionComplete,
} from './connection-fields.tsx';
import { credentialOf, emptyCredential, isComplete } from './credential.ts';
import { CredentialFields } from './credential-fields.tsx';
import { type Connection, useCheckConnection, useConnect } from './data.ts';

type Step = 'connection' | 'credential' | 'check';

const titles: Record<Step, string> = {
  connection: 'Connect a tenant: which one (1 of 3)',
  credential: 'Connect a tenant: how the app signs in (2 of 3)',
  check: 'Connect a tenant: check (3 of 3)',
};

/** Three steps: which tenant, how the app signs in, and a check of it all before anything is stored. */
export function ConnectWizard({
  onClose,
  onConnected,
}: {
  onClose: () => void;
  onConnected: (id: number) => void;
}) {
  const [step, setStep] = useState<Step>('connection');
  const [connection, setConnection] = useState<ConnectionForm>(emptyConnection);
  const [credential, setCredential] = useState(emptyCredential);
  const check = useCheckConnection();
  const connect = useConnect();
  const failed = (check.data ?? []).filter(each => each.outcome === 'fail').length;
  const body = async (): Promise<Connection> => ({
    ...(await connectionOf(connection)),
    credential: await credentialOf(credential),
  });
  const next = async () => {
    if (step === 'connection') setStep('credential');
    else if (step === 'credential') {
      setStep('check');
      check.mutate(await body());
    } else connect.mutate(await body(), { onSuccess: tenant => onConnected(tenant.id) });
  };
  const back: Record<Step, Step | null> = { connection: null, credential: 'connection', check: 'credential' };
  const earlier = back[step];
  const complete: Record<Step, boolean> = {
    connection: isConnectionComplete(connection),
    credential: isComplete(credential),
    check: check.isSuccess,
  };
  return (
    <FormDialog
      title={titles[step]}
      submit={step === 'check' ? (failed > 0 ? 'Connect nevertheless' : 'Connect') : 'Next'}
      onSubmit={() => void next()}
      onClose={onClose}
      incomplete={!complete[step]}
      pending={connect.isPending || check.isPending}
      error={connect.error}
      width={720}
      more={earlier && <Button onClick={() => setStep(earlier)}>Back</Button>}
    >
      {step === 'connection' && <ConnectionFields form={connection} onChange={setConnection} />}
      {step === 'credential' && <CredentialFields form={credential} onChange={setCredential} />}
      {step === 'check' && (
        <>
          {check.isPending && <Spinner label="Signing in and looking at every prerequisite" />}
          {check.error && <ProblemBar error={check.error} />}
          {check.data && (
            <MessageBar intent={failed > 0 ? 'error' : 'success'} layout="multiline">
              <MessageBarBody>
                {failed > 0
                  ? `${failed} of ${check.data.length} checks failed. Go back and mend it, or connect and mend it later.`
                  : 'The app signs in and may do what synchronization needs.'}
              </MessageBarBody>
            </MessageBar>
          )}
          {check.data && (
            <div style={{ maxHeight: 'calc(100vh - 380px)', display: 'flex' }}>
              <Checks checks={check.data} />
            </div>
          )}
          <Text size={200}>Nothing is stored until you click Connect.</Text>
        </>
      )}
    </FormDialog>
  );
}

async function connectionOf(form: ConnectionForm): Promise<Omit<Connection, 'credential'>> {
  const own = form.cloud === 'custom';
  return {
    name: form.name.trim(),
    tenantId: form.tenantId.trim(),
    clientId: form.clientId.trim(),
    cloud: form.cloud,
    ...(own ? { loginUrl: form.loginUrl.trim(), graphUrl: form.graphUrl.trim() } : {}),
    ...(form.ca ? { ca: await form.ca.text() } : {}),
  };
}
