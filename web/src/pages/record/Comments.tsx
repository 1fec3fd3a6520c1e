// What people said about a record, newest last.
import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useSend } from '@/api/queries';
import type { GenmeiRecord } from '@/api/types';
import { useFormat } from '@/app/format';
import { Avatar } from '@/design/Avatar';
import { Card } from '@/design/Card';
import { Message } from '@/design/States';

export type CommentRecord = GenmeiRecord<{ text?: string }> & { author?: string };

export function Comments({ path, items, may }: { path: string; items: CommentRecord[]; may: boolean }) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const [text, setText] = useState('');
  const send = useSend(() => api.post(`${path}/comments`, { text: text.trim() }), [path]);
  const submit = async () => {
    try {
      await send.mutateAsync(undefined);
      setText('');
    } catch {
      // Shown below; the text stays.
    }
  };
  return (
    <Card title={t('comments.title')} className="comments">
      {items.length === 0 && <p className="ink2">{t('comments.empty')}</p>}
      <ul className="comment-list">
        {items.map((item) => (
          <li key={item.id}>
            <Avatar name={item.author ?? ''} />
            <div className="grow">
              <div className="row wrap"><b>{item.author}</b><span className="hint">{format.dateTime(item.created_at)}</span></div>
              <p className="prose">{String(item.fields.text ?? '')}</p>
            </div>
          </li>
        ))}
      </ul>
      {may && (
        <form className="stack" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
          <Textarea label={t('comments.write')} autosize minRows={2} value={text} onChange={(event) => setText(event.currentTarget.value)} />
          {send.error && <Message tone="miss" title={send.error.message} />}
          <div className="row dialog-foot"><Button type="submit" disabled={!text.trim()} loading={send.isPending}>{t('comments.send')}</Button></div>
        </form>
      )}
    </Card>
  );
}
