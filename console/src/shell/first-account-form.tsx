import { Field, Input, Text } from '@fluentui/react-components';
import { useState } from 'react';
import { useSetUp } from '../api/session.ts';
import { Form } from './form.tsx';

const shortest = 12;

/** Makes the first account, a full administrator, by whoever has the token of the first start. */
export function FirstAccountForm() {
  const [token, setToken] = useState('');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const setUp = useSetUp();
  return (
    <Form
      action="Create the account"
      isReady={token.trim() !== '' && name.trim() !== '' && password.length >= shortest && !setUp.isPending}
      error={setUp.error}
      onSubmit={() => setUp.mutate({ token: token.trim(), name: name.trim(), password })}
    >
      <Text>
        Nobody has an account here yet. Make the first one with the token that the server printed when it
        started; it is also in the file <code>token</code> of its data folder.
      </Text>
      <Field label="Token" required>
        <Input
          type="password"
          autoComplete="off"
          value={token}
          onChange={(_, data) => setToken(data.value)}
        />
      </Field>
      <Field label="Your name" required>
        <Input autoComplete="username" value={name} onChange={(_, data) => setName(data.value)} />
      </Field>
      <Field label="New password" required hint={`At least ${shortest} characters.`}>
        <Input
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={(_, data) => setPassword(data.value)}
        />
      </Field>
    </Form>
  );
}
