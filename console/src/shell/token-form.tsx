import { Field, Input, Text } from '@fluentui/react-components';
import { useState } from 'react';
import { useSignIn } from '../api/session.ts';
import { Form } from './form.tsx';

/** Signs in with an API token, such as the one of the first start. */
export function TokenForm() {
  const [token, setToken] = useState('');
  const signIn = useSignIn();
  return (
    <Form
      action="Sign in"
      isReady={token.trim() !== '' && !signIn.isPending}
      error={signIn.error}
      onSubmit={() => signIn.mutate({ token: token.trim() })}
    >
      <Text>
        The server printed a token when it started. It is also in the file <code>token</code> of its data
        folder.
      </Text>
      <Field label="Token" required>
        <Input
          type="password"
          autoComplete="off"
          value={token}
          onChange={(_, data) => setToken(data.value)}
        />
      </Field>
    </Form>
  );
}
