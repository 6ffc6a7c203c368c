import { Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import { useSignIn } from '../api/session.ts';
import { Form } from './form.tsx';

/** Signs in with name and password. */
export function PasswordForm() {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useSignIn();
  return (
    <Form
      action="Sign in"
      isReady={name.trim() !== '' && password !== '' && !signIn.isPending}
      error={signIn.error}
      onSubmit={() => signIn.mutate({ name: name.trim(), password })}
    >
      <Field label="Name" required>
        <Input autoComplete="username" value={name} onChange={(_, data) => setName(data.value)} />
      </Field>
      <Field label="Password" required>
        <Input
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={(_, data) => setPassword(data.value)}
        />
      </Field>
    </Form>
  );
}
