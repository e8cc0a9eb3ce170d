import { EditOutlined } from '@ant-design/icons'
import { Button, Drawer, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { evidenceAdd, type ReportLine, type SubjectProfile, subjectReport } from '../../api'
import { useAct } from '../../ui'
import { t } from './subjects.words'
import { columnsToReport, useKindFields } from './useKindFields'

interface Given {
  source: string
  day?: string
  values: { column: string; value: string }[]
}

/** Reports facts of one subject; what was reported before stays in the history. */
export function Report({ subject }: { subject: SubjectProfile }) {
  const [open, setOpen] = useState(false)
  const parts = useKindFields(subject.kind)
  const [form] = Form.useForm<Given>()
  const [file, setFile] = useState<File>()
  const of = { kind: subject.kind, id: subject.identity }
  const act = useAct(
    async (line: ReportLine) => {
      const came = file ? await evidenceAdd({ ...of, file: file.name }, file) : null
      return subjectReport(of, { ...line, evidence: came?.evidence ?? null })
    },
    {
      refresh: [['subjects', subject.kind]],
      after: () => {
        setOpen(false)
        setFile(undefined)
        form.resetFields()
      },
    },
  )
  const send = ({ source, day, values }: Given) =>
    act.run({
      source,
      day: day || null,
      values: Object.fromEntries(values.map((one) => [one.column, one.value])),
    })
  const columns = parts ? columnsToReport(parts) : []
  return (
    <>
      <Button icon={<EditOutlined />} onClick={() => setOpen(true)}>
        {t('report')}
      </Button>
      <Drawer
        open={open}
        title={t('reportOf', { name: subject.name || subject.identity })}
        size={480}
        onClose={() => setOpen(false)}
        destroyOnHidden
      >
        <Form<Given> form={form} layout="vertical" onFinish={send} initialValues={{ values: [{}] }}>
          <Form.Item
            name="source"
            label={t('source')}
            extra={t('sourceTip')}
            rules={[{ required: true, message: t('needSource') }]}
          >
            <Input />
          </Form.Item>
          <Form.Item
            name="day"
            label={t('since')}
            extra={t('sinceTip')}
            rules={[{ pattern: /^\d{4}-\d{2}-\d{2}$/, message: t('badDay') }]}
          >
            <Input placeholder="2026-04-01" />
          </Form.Item>
          <Form.Item label={t('evidence')} extra={t('evidenceTip')} htmlFor="evidence">
            <input id="evidence" type="file" onChange={(event) => setFile(event.target.files?.[0])} />
          </Form.Item>
          <Form.List name="values">
            {(rows, { add, remove }) => (
              <>
                {rows.map((row) => (
                  <div key={row.key} className="report-row">
                    <Form.Item
                      name={[row.name, 'column']}
                      rules={[{ required: true, message: t('needField') }]}
                    >
                      <Select
                        showSearch
                        aria-label={t('field')}
                        placeholder={t('field')}
                        options={columns.map((one) => ({ value: one, label: one }))}
                      />
                    </Form.Item>
                    <Form.Item
                      name={[row.name, 'value']}
                      rules={[{ required: true, message: t('needValue') }]}
                    >
                      <Input aria-label={t('value')} placeholder={t('value')} />
                    </Form.Item>
                    <Button onClick={() => remove(row.name)}>{t('remove')}</Button>
                  </div>
                ))}
                <Button onClick={() => add({})}>{t('addField')}</Button>
              </>
            )}
          </Form.List>
          <Button type="primary" htmlType="submit" block loading={act.busy} className="report-send">
            {t('send')}
          </Button>
        </Form>
      </Drawer>
    </>
  )
}
