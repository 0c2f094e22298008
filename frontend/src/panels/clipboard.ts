/** Put text on the clipboard; `false` where the browser does not let us. */
export async function copyText(text: string): Promise<boolean> {
  if (!navigator.clipboard) return copyOldWay(text);
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => copyOldWay(text),
  );
}

/** Pages served without https have no clipboard but may still run the copy command. */
function copyOldWay(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.style.position = 'fixed';
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  return isCopied;
}
