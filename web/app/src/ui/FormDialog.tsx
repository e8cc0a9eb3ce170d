import { Form, Modal } from 'antd'
import type { ReactNode } from 'react'

/** A dialog that asks for a few things, then hands over what was filled in. */
export function FormDialog<Filled extends object>({
  title,
  busy,
  initial,
  children,
  onOk,
  onClose,
}: {
  title: string
  busy: boolean
  initial?: Partial<Filled> | undefined
  children: ReactNode
  onOk: (filled: Filled) => void
  onClose: () => void
}) {
  const [form] = Form.useForm<Filled>()
  return (
    <Modal
      open
      title={title}
      okText={title}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={onOk} {...(initial && { initialValues: initial })}>
        {children}
      </Form>
    </Modal>
  )
}
