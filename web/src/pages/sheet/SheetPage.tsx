// Parts and states on one sheet, for the tests of contrast, names and keyboard order. Its examples are fixed and are
// not facts of anybody's ISMS; the page is in no menu.
import { useTranslation } from 'react-i18next';
import { SheetBars } from './SheetBars';
import { SheetData } from './SheetData';
import { SheetMarks } from './SheetMarks';
import './sheet.css';

export default function SheetPage() {
  const { t } = useTranslation('sheet');
  return (
    <main className="sheet">
      <div className="row between wrap">
        <h1>{t('common:sheet.title')}</h1>
        <p className="hint">{t('common:sheet.note')}</p>
      </div>
      <div className="sheet-grid">
        <SheetMarks />
        <SheetBars />
        <SheetData />
      </div>
    </main>
  );
}
