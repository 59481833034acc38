// 界面用语: the words that govuk-frontend's scripts would otherwise say in English.
export const words = {
  characterCount: {
    i18n: {
      charactersUnderLimit: { other: "还可以输入 %{count} 字" },
      charactersAtLimit: "已达到字数上限",
      charactersOverLimit: { other: "超出 %{count} 字" },
      textareaDescription: { other: "最多 %{count} 字" },
    },
  },
  fileUpload: {
    i18n: {
      chooseFilesButton: "选择文件",
      dropInstruction: "或把文件拖到这里",
      noFileChosen: "尚未选择文件",
      multipleFilesChosen: { other: "已选择 %{count} 个文件" },
      enteredDropZone: "已进入投放区",
      leftDropZone: "已离开投放区",
    },
  },
  passwordInput: {
    i18n: { showPassword: "显示", hidePassword: "隐藏", showPasswordAriaLabel: "显示密码", hidePasswordAriaLabel: "隐藏密码", passwordShownAnnouncement: "密码已显示", passwordHiddenAnnouncement: "密码已隐藏" },
  },
  button: { preventDoubleClick: true },
};
