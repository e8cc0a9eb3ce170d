/* diag_gcol.h - diagnostics of column files; read by base/diag_list.h. Browsers get none. */

DIAG(GCOL_VERSION, "GCOL-VERSION", SEV_ERROR, "列文件是第 {0} 版, 这个程序读第 {1} 版",
     "the column file is of version {0}, this program reads version {1}",
     "用写它的那一版程序, 或用原来的 CSV 重新转换 (geci convert)",
     "use the program that wrote it, or convert the CSV again (geci convert)")
DIAG(GCOL_HEAD, "GCOL-HEAD", SEV_ERROR, "列文件的文件头损坏: {0}",
     "the head of the column file is damaged: {0}",
     "文件多半没有传完; 重新复制, 或用原来的 CSV 重新转换 (geci convert)",
     "most often it was not copied whole; copy it again, or convert the CSV again (geci convert)")
DIAG(GCOL_HASH, "GCOL-HASH", SEV_ERROR, "列文件第 {2} 节 {0}{1?, 列 }损坏: 校验和 SHA-256 不符",
     "section {2} of the column file, {0}{1? of }, is damaged: its SHA-256 differs",
     "重新复制这个文件, 或用原来的 CSV 重新转换 (geci convert)",
     "copy the file again, or convert the CSV again (geci convert)")
DIAG(GCOL_SECTION, "GCOL-SECTION", SEV_ERROR, "列文件第 {2} 节 {0}{1?, 列 }不合格式",
     "section {2} of the column file, {0}{1? of }, is not as the format says",
     "写它的程序有错; 用 geci convert 从 CSV 转换",
     "the program that wrote it is at fault; convert a CSV with geci convert")
DIAG(GCOL_ROW, "GCOL-ROW", SEV_ERROR, "列文件的第 {0} 个主体没有任何内容",
     "row {0} of the column file has nothing in it", "写它的程序有错; 用 geci convert 从 CSV 转换",
     "the program that wrote it is at fault; convert a CSV with geci convert")
