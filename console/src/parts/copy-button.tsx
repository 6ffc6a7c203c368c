import { Button } from '@fluentui/react-components';
import { CheckmarkRegular, CopyRegular } from '@fluentui/react-icons';
import { useState } from 'react';

/** Copies a text, and says that it has. Browsers allow it where Rollcall is served: on HTTPS and on loopback. */
export function CopyButton({ text, children }: { text: string; children: string }) {
  // Which text was copied: of another one that takes its place, nothing is said.
  const [copied, setCopied] = useState<string | null>(null);
  const isCopied = copied === text;
  return (
    <Button
      icon={isCopied ? <CheckmarkRegular /> : <CopyRegular />}
      onClick={() =>
        navigator.clipboard.writeText(text).then(
          () => setCopied(text),
          () => setCopied(null),
        )
      }
    >
      {isCopied ? 'Copied' : children}
    </Button>
  );
}
