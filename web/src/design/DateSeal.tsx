import { useTranslation } from 'react-i18next';
import { toDate, useFormat } from '@/app/format';

interface Props {
  role: string;
  name: string;
  /** Time of the approval over a digest. A seal never stands for anything else. */
  at: string;
}

/** 日付印: role, date, surname. Only for a real signature or approval. */
export function DateSeal({ role, name, at }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const date = toDate(at);
  const short = `${String(date.getFullYear()).slice(2)}.${date.getMonth() + 1}.${date.getDate()}`;
  const surname = name.split(/[\s\u3000]/)[0] ?? name;
  return (
    <span className="date-seal" role="img" aria-label={t('seal.alt', { role, name, date: format.date(at) })}>
      <span aria-hidden>{role}</span>
      <span aria-hidden>{short}</span>
      <span aria-hidden className={surname.length > 4 ? 'small' : undefined}>
        {surname.slice(0, 8)}
      </span>
    </span>
  );
}
